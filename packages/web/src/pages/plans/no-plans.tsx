import { hrefOf, useAddress } from "../../address/address.ts";
import button from "../../parts/button.module.css";
import { Notice } from "../../parts/notice.tsx";
import states from "../../parts/states.module.css";

/** Shown until the first plan is uploaded: how to upload one. */
export function NoPlans() {
  return (
    <Notice title="No plan was uploaded yet">
      <p>
        Write the plan as JSON with{" "}
        <code class={states.code}>terraform show -json plan.out &gt; plan.json</code>, then run{" "}
        <code class={states.code}>dapanoskop plan plan.json --project shop</code>, or let CI upload it with
        each pull request.
      </p>
    </Notice>
  );
}

/** Shown where the address says not, or not wholly, which plan it is about. */
export function NoPlanNamed() {
  const address = useAddress();
  return (
    <Notice
      page
      title="Which plan?"
      next={
        <a class={button.main} href={hrefOf("/plans", address.period())}>
          To the plans
        </a>
      }
    >
      <p>This address names no plan. Choose one in the list.</p>
    </Notice>
  );
}
