import type { PlanSummary } from "@dapanoskop/api/documents";
import { Match, Show, Switch } from "solid-js";
import { useFormats } from "../../words/formats-context.tsx";
import { approverText } from "../../words/plan-words.ts";

/** Whether a plan is open, applied or dropped, and whether it is approved, in sentences. */
export function PlanStanding(props: { plan: PlanSummary }) {
  return (
    <>
      <StateSentence plan={props.plan} />
      <ApprovalSentence plan={props.plan} />
    </>
  );
}

function StateSentence(props: { plan: PlanSummary }) {
  const formats = useFormats();
  const when = () => (props.plan.settled_at === null ? "" : ` on ${formats.instant(props.plan.settled_at)}`);
  return (
    <p>
      <Switch>
        <Match when={props.plan.state === "open"}>
          <b>Open:</b> the newest plan of its project. Its change is in the sum of the open plans.
        </Match>
        <Match when={props.plan.state === "superseded"}>
          <b>Superseded:</b> its project has a newer plan, or it is older than 30 days. It is in no sum.
        </Match>
        <Match when={props.plan.state === "applied"}>
          <b>Applied:</b> somebody said so{when()}. It is not in the sum of the open plans.
        </Match>
        <Match when={props.plan.state === "dropped"}>
          <b>Dropped:</b> somebody said{when()} that it will not be applied. It is not in the sum of the open
          plans.
        </Match>
      </Switch>
    </p>
  );
}

function ApprovalSentence(props: { plan: PlanSummary }) {
  const formats = useFormats();
  return (
    <p>
      <Show when={props.plan.approval} fallback="Not approved.">
        {(approval) => (
          <>
            <b>Approved</b> on {formats.instant(approval().at)} by {approverText(approval().by)}: this content
            alone. A plan that changes has to be approved again.
          </>
        )}
      </Show>
    </p>
  );
}
