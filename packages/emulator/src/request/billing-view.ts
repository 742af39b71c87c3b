import { AwsError, constraint } from "../protocol/aws-error.ts";
import type { Members } from "../protocol/json.ts";

/** The constraint of Cost Explorer's service model. */
const FORM = /^arn:aws[a-z-]*:(billing)::[a-z0-9]{12}:billingview\/[-a-zA-Z0-9/:_+=.@]{1,75}$/;
const RULE =
  "Member must satisfy regular expression pattern: ^arn:aws[a-z-]*:(billing)::[0-9]{12}:billingview/[-a-zA-Z0-9/:_+=.-@]{1,43}$";

/**
 * Checks the billing view of a request. The emulator has one bill, which is its primary view.
 * @throws AwsError on an ARN of another form, and on a view that does not exist
 */
export function checkBillingView(request: Members): void {
  const arn = request.text("BillingViewArn");
  if (arn === null) return;
  if (arn.length < 20 || !FORM.test(arn)) throw constraint(`'${arn.slice(0, 100)}'`, "billingViewArn", RULE);
  if (!arn.endsWith(":billingview/primary")) {
    throw new AwsError("ResourceNotFoundException", "The specified billing view was not found.");
  }
}
