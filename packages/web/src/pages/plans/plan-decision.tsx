import type { PlanSummary } from "@dapanoskop/api/documents";
import { Show } from "solid-js";
import { approvePlan, settlePlan } from "../../data/api-reads.ts";
import { useDataset } from "../../data/dataset-context.tsx";
import { ConfirmedAction } from "../../parts/confirmed-action.tsx";
import { Section } from "../../parts/section.tsx";
import css from "./plan-decision.module.css";
import { PlanStanding } from "./plan-standing.tsx";

/** How a plan stands: whether it is open, applied or dropped, and approved; and buttons to say so. */
export function PlanDecision(props: { plan: PlanSummary; changed: (plan: PlanSummary) => void }) {
  const { api } = useDataset();
  let stands: HTMLDivElement | undefined;

  /** The button that was pressed is gone, and the sentences say what became of it. */
  async function change(changed: Promise<PlanSummary>): Promise<void> {
    props.changed(await changed);
    queueMicrotask(() => stands?.focus());
  }
  const settle = (state: "open" | "applied" | "dropped") => change(settlePlan(api, props.plan.id, state));
  const approve = (approved: boolean) => change(approvePlan(api, props.plan.id, approved));

  return (
    <Section title="What becomes of this plan">
      <div class={css.stands} ref={stands} tabindex="-1">
        <PlanStanding plan={props.plan} />
      </div>
      <div class={css.actions}>
        <Show
          when={props.plan.settled_at === null}
          fallback={
            <ConfirmedAction
              label={props.plan.state === "applied" ? "It was not applied" : "It was not dropped"}
              confirm="Take it back"
              keep={`Leave it ${props.plan.state}`}
              failed="The plan was not changed."
              run={() => settle("open")}
            >
              The plan is open again if it is the newest of its project and at most 30 days old, otherwise
              superseded.
            </ConfirmedAction>
          }
        >
          <ApprovalAction plan={props.plan} approve={approve} />
          <ConfirmedAction
            label="Mark as applied"
            confirm="It was applied"
            keep="Leave it as it is"
            failed="The plan was not marked."
            run={() => settle("applied")}
          >
            Say that Terraform or OpenTofu has applied this plan. Nothing is applied from here. The plan no
            longer counts as open, and what it was expected to add can be compared with the bill.
          </ConfirmedAction>
          <ConfirmedAction
            label="Drop"
            confirm="Drop the plan"
            keep="Leave it as it is"
            failed="The plan was not dropped."
            run={() => settle("dropped")}
          >
            Say that nobody will apply this plan. It no longer counts as open, and stays in the list.
          </ConfirmedAction>
        </Show>
      </div>
    </Section>
  );
}

function ApprovalAction(props: { plan: PlanSummary; approve: (approved: boolean) => Promise<void> }) {
  return (
    <Show
      when={props.plan.approval === null}
      fallback={
        <ConfirmedAction
          label="Withdraw the approval"
          confirm="Withdraw it"
          keep="Keep the approval"
          failed="The approval was not withdrawn."
          run={() => props.approve(false)}
        >
          The gate of CI checks this plan by its rules again.
        </ConfirmedAction>
      }
    >
      <ConfirmedAction
        label="Approve"
        confirm="Approve this plan"
        keep="Do not approve"
        failed="The plan was not approved."
        run={() => props.approve(true)}
      >
        The gate of CI lets exactly this plan pass, whatever it costs. A plan that changes, however little,
        has to be approved again.
      </ConfirmedAction>
    </Show>
  );
}
