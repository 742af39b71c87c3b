import type { OpenPlans } from "@dapanoskop/api/documents";
import { createMemo, Show } from "solid-js";
import { useAddress } from "../../address/address.ts";
import { readOpenPlans, readPlans } from "../../data/api-reads.ts";
import { useDataset } from "../../data/dataset-context.tsx";
import { createLoadable } from "../../data/loadable.ts";
import { createPagedList } from "../../data/paged-list.ts";
import { Await } from "../../parts/await.tsx";
import { Hint } from "../../parts/hint.tsx";
import { PageHeading } from "../../parts/page-heading.tsx";
import { TableSection } from "../../table/table-section.tsx";
import { addressState } from "../../table/table-state.ts";
import { useFormats } from "../../words/formats-context.tsx";
import { openPlansWords } from "../../words/plan-words.ts";
import { ApiPage } from "../api-page.tsx";
import { MoreButton } from "../more-button.tsx";
import { NoPlans } from "./no-plans.tsx";
import { planListColumns } from "./plan-list-columns.tsx";
import css from "./plan-total.module.css";

/** Every uploaded plan, newest first, and what the open ones would add to the bill. */
export default function PlansPage() {
  return (
    <ApiPage title="Plans">
      <PageHeading above="What Terraform and OpenTofu would do to the bill">Plans</PageHeading>
      <Plans />
    </ApiPage>
  );
}

function Plans() {
  const { api } = useDataset();
  const formats = useFormats();
  const address = useAddress();
  const state = addressState(address);
  const open = createLoadable(
    () => true,
    () => readOpenPlans(api),
  );
  const project = () => address.text("project");
  const list = createPagedList(
    () => ({ project: project() }),
    ({ project: wanted }, cursor) => readPlans(api, wanted, cursor),
  );
  const columns = createMemo(() => planListColumns(formats, address.period()));
  return (
    <>
      <Await value={open} what="the open plans" placeholder="line">
        {(plans) => <OpenTotal plans={plans()} />}
      </Await>
      <Await value={list.items} what="the plans" page>
        {(plans) => (
          <Show when={plans().length > 0} fallback={<NoPlans />}>
            <TableSection
              title={project() === null ? "All plans" : "Plans of one project"}
              file={["plans"]}
              caption="Plans, newest first"
              columns={columns()}
              rows={plans()}
              name={({ project }) => project}
              state={state}
              rowNames={{ one: "plan", many: "plans", searched: "project" }}
              note={<MoreButton list={list} label="Older plans" />}
              terms={["openPlan", "monthlyCost"]}
            />
          </Show>
        )}
      </Await>
    </>
  );
}

/** What the open plans would add together. */
function OpenTotal(props: { plans: OpenPlans }) {
  const formats = useFormats();
  const words = () => openPlansWords(props.plans, formats);
  return (
    <>
      <Show when={words().amount} fallback={<p class={css.sentence}>{words().lead}.</p>}>
        {(amount) => (
          <>
            <p class={css.lead}>{words().lead}</p>
            <p class={css.total}>
              {amount()} <span class={css.unit}>a month</span>
            </p>
          </>
        )}
      </Show>
      <Show when={words().isPartial}>
        <Hint>Some cost is not in this amount: it is unknown, or depends on usage.</Hint>
      </Show>
    </>
  );
}
