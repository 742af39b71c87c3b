import type { AccountFacts } from "../account-facts.ts";
import { type AccountFinding, blocks, isUnknown, warns } from "../finding.ts";
import { answered, failureOf } from "../probe.ts";

/** Whether Cost Explorer answers, and has data, and what could not be looked at because it does not. */
export function costExplorerFindings(facts: AccountFacts): readonly AccountFinding[] {
  // The tags are asked for in every case but those in which all requests would fail alike.
  return [...answerFindings(facts), ...(facts.tags.outcome === "not-made" ? [notChecked] : [])];
}

const notChecked = isUnknown(
  "not-checked",
  "Permissions, the tag key and the cost categories could not be looked at: what blocks comes first.",
  "Settle it, and run dapanoskop doctor again.",
);

function answerFindings(facts: AccountFacts): readonly AccountFinding[] {
  const inactive = [failureOf(facts.identity), failureOf(facts.cost)].find(
    (one) => one?.kind === "account-inactive",
  );
  if (inactive !== undefined && inactive !== null)
    return [
      blocks(
        "account-inactive",
        `AWS does not serve this account (${inactive.name}): it is suspended or closed, or its sign-up is not complete. ${inactive.words}`.trimEnd(),
        "Sign in to the console as the root user and follow what Billing and Cost Management asks for: a payment method, an identity check, an unpaid invoice. A new account is ready within 24 hours.",
      ),
    ];
  const failure = failureOf(facts.cost);
  if (failure === null) return answered(facts.cost)?.hasCost === false ? [noCost] : [];
  const { kind, name, words } = failure;
  switch (kind) {
    case "not-enabled":
      return [
        blocks(
          "cost-explorer-not-enabled",
          "Cost Explorer was never opened in this account, so it has no data.",
          "Open Billing and Cost Management → Cost Explorer once in the console, as the root user or with IAM access to billing; for a member account the management account must do it. The data is ready within 24 hours, at times only after some days.",
        ),
      ];
    case "no-data":
      return [
        blocks(
          "data-not-ready",
          `Cost Explorer prepares the data of this account. ${words}`,
          "Run dapanoskop doctor again tomorrow. The first data takes up to 24 hours after Cost Explorer was opened, at times some days; a new account has none before its first charges.",
        ),
      ];
    case "throttled":
    case "server":
    case "refused":
    case "not-found":
      return [
        isUnknown(
          "cost-explorer-unknown",
          `Whether Cost Explorer answers is not known: it refused GetCostAndUsage with ${name}. ${words}`.trimEnd(),
          kind === "refused"
            ? "Correct the option that the message names, such as --billing-view or --account."
            : "Run dapanoskop doctor again in some minutes.",
        ),
      ];
    default:
      return [];
  }
}

const noCost = warns(
  "no-cost",
  "Cost Explorer answers, and has no cost in the last closed month and the running one.",
  "Check that this is the account that you mean: charges of other accounts are in the management account. A new account has figures one day after its first charge.",
);
