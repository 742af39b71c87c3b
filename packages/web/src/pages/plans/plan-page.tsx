import type { PlanAnswer, PlanSummary } from "@dapanoskop/api/documents";
import { createSignal, Match, Show, Switch } from "solid-js";
import { hrefOf, useAddress } from "../../address/address.ts";
import { readPlan } from "../../data/api-reads.ts";
import { useDataset } from "../../data/dataset-context.tsx";
import { createLoadable } from "../../data/loadable.ts";
import { Await } from "../../parts/await.tsx";
import { Name } from "../../parts/name.tsx";
import { Notice } from "../../parts/notice.tsx";
import { PageHeading } from "../../parts/page-heading.tsx";
import { useFormats } from "../../words/formats-context.tsx";
import { stateText } from "../../words/plan-words.ts";
import { ApiPage } from "../api-page.tsx";
import { NoPlanNamed } from "./no-plans.tsx";
import { OtherPlans } from "./other-plans.tsx";
import { PlanCenters } from "./plan-centers.tsx";
import { PlanDecision } from "./plan-decision.tsx";
import { PlanDrift } from "./plan-drift.tsx";
import { PlanGaps } from "./plan-gaps.tsx";
import { PlanResources } from "./plan-resources.tsx";
import { PlanTotal } from "./plan-total.tsx";

/** One plan: what it would do to the bill, who would pay, its resources, and what is not known. */
export default function PlanPage() {
  const { api } = useDataset();
  const address = useAddress();
  const plan = createLoadable(
    () => address.text("id") ?? undefined,
    (id) => readPlan(api, id),
  );
  return (
    <ApiPage title="Plan">
      <Show when={address.text("id") !== null} fallback={<NoPlanNamed />}>
        <Await value={plan} what="the plan" placeholder="hero" page>
          {(answer) => <Plan answer={answer()} />}
        </Await>
      </Show>
    </ApiPage>
  );
}

function Plan(props: { answer: PlanAnswer }) {
  const formats = useFormats();
  const address = useAddress();
  const [changed, setChanged] = createSignal<PlanSummary | null>(null);
  /** As it stands after what the reader said of it. */
  const summary = () => {
    const { summary: read } = props.answer;
    const said = changed();
    return said?.id === read.id ? said : read;
  };
  const document = () => props.answer.document;
  return (
    <>
      <PageHeading
        above={
          <>
            <a href={hrefOf("/plans", address.period())}>Plans</a> · uploaded{" "}
            {formats.instant(summary().uploaded_at)}, {stateText(summary())}
          </>
        }
      >
        <Name of={summary().project} limit={120} />
      </PageHeading>
      <Switch fallback={<PlanTotal plan={document()} />}>
        <Match when={summary().kind === "errored"}>
          <Notice title="This plan failed">
            <p>
              Terraform stopped with an error while it made this plan, so the plan does not say what an apply
              would do. Correct the configuration and plan again.
            </p>
          </Notice>
        </Match>
        <Match when={summary().kind === "refresh-only"}>
          <Notice title="This plan changes no resources">
            <p>
              It was made with -refresh-only, or has no resources. It says what changed outside of Terraform.
            </p>
          </Notice>
        </Match>
      </Switch>
      <Show when={summary().kind === "plan"}>
        <PlanDecision plan={summary()} changed={setChanged} />
      </Show>
      <PlanCenters plan={document()} />
      <Show when={document().resources.length > 0}>
        <PlanResources plan={document()} file={[summary().project, "plan"]} />
      </Show>
      <PlanGaps plan={document()} />
      <PlanDrift plan={document()} />
      <OtherPlans of={summary()} />
    </>
  );
}
