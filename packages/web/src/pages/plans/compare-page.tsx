import { parseMoney, roundedHalfUp } from "@dapanoskop/core/money";
import { Show } from "solid-js";
import { hrefOf, useAddress } from "../../address/address.ts";
import { readComparison, readPlan } from "../../data/api-reads.ts";
import { useDataset } from "../../data/dataset-context.tsx";
import { createLoadable } from "../../data/loadable.ts";
import { Await } from "../../parts/await.tsx";
import { Figure, Figures } from "../../parts/figures.tsx";
import { Hint } from "../../parts/hint.tsx";
import { Name } from "../../parts/name.tsx";
import { PageHeading } from "../../parts/page-heading.tsx";
import { useFormats } from "../../words/formats-context.tsx";
import { isChangeKnown, planChangeText } from "../../words/plan-words.ts";
import { ApiPage } from "../api-page.tsx";
import { type ComparedPlans, ComparedResources } from "./compared-resources.tsx";
import { NoPlanNamed } from "./no-plans.tsx";

/** Two plans of a project: what the newer one does that the older one did not, and what that costs. */
export default function ComparePage() {
  const { api } = useDataset();
  const address = useAddress();
  const named = () => {
    const [from, to] = [address.text("id"), address.text("with")];
    return from === null || to === null ? undefined : `${from} ${to}`;
  };
  const compared = createLoadable(named, async (ids): Promise<ComparedPlans> => {
    const [from = "", to = ""] = ids.split(" ");
    const [older, newer, comparison] = await Promise.all([
      readPlan(api, from),
      readPlan(api, to),
      readComparison(api, from, to),
    ]);
    return { from: older.summary, to: newer.summary, comparison };
  });
  return (
    <ApiPage title="Compare plans">
      <Show when={named() !== undefined} fallback={<NoPlanNamed />}>
        <Await value={compared} what="the two plans" placeholder="hero" page>
          {(plans) => <Compared plans={plans()} />}
        </Await>
      </Show>
    </ApiPage>
  );
}

function Compared(props: { plans: ComparedPlans }) {
  const formats = useFormats();
  const address = useAddress();
  const isPartial = () => props.plans.comparison.from.partial || props.plans.comparison.to.partial;
  /** A difference from what is not known is not known. */
  const difference = () => {
    const { to, monthly_delta_difference: delta } = props.plans.comparison;
    if (delta === null || !isChangeKnown(props.plans.from) || !isChangeKnown(props.plans.to))
      return "unknown";
    const cents = roundedHalfUp(parseMoney(delta, to.currency));
    return `${formats.signed(cents, to.currency)}${isPartial() ? ", partial" : ""}`;
  };
  const planLink = (plan: ComparedPlans["from"]) => (
    <a href={hrefOf("/plan", address.period(), { id: plan.id })}>{formats.instant(plan.uploaded_at)}</a>
  );
  return (
    <>
      <PageHeading
        above={
          <>
            <a href={hrefOf("/plans", address.period())}>Plans</a> · two plans compared
          </>
        }
      >
        <Name of={props.plans.to.project} limit={120} />
      </PageHeading>
      <Figures>
        <Figure word="First plan, a month" value={planChangeText(props.plans.from, formats)}>
          {planLink(props.plans.from)}
        </Figure>
        <Figure word="Second plan, a month" value={planChangeText(props.plans.to, formats)}>
          {planLink(props.plans.to)}
        </Figure>
        <Figure word="Difference, a month" value={difference()}>
          <Show when={props.plans.comparison.is_same_plan}>the same plan</Show>
        </Figure>
      </Figures>
      <Show when={isPartial()}>
        <Hint>Some cost of these plans is unknown or depends on usage, and is not in these amounts.</Hint>
      </Show>
      <ComparedResources plans={props.plans} />
    </>
  );
}
