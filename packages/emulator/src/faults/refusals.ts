import { AwsError, dataUnavailable, invalidToken, requestChanged } from "../protocol/aws-error.ts";
import type { ActiveFaults } from "./fault-plan.ts";

/** The account number of the emulator: the example of AWS's documentation. */
export const ACCOUNT = "123456789012";

/** Operations of STS and Organizations. */
const ACCOUNT_OPERATIONS: ReadonlySet<string> = new Set(["GetCallerIdentity", "DescribeOrganization"]);

const actionOf = (operation: string) =>
  operation === "DescribeOrganization"
    ? "organizations:DescribeOrganization"
    : operation === "GetCallerIdentity"
      ? "sts:GetCallerIdentity"
      : `ce:${operation}`;

const denial = (operation: string) =>
  ACCOUNT_OPERATIONS.has(operation)
    ? `User: arn:aws:iam::${ACCOUNT}:user/emulated is not authorized to perform: ${actionOf(operation)} on resource: *`
    : `User: arn:aws:iam::${ACCOUNT}:user/emulated is not authorized to perform: ce:${operation} on resource: arn:aws:ce:us-east-1:${ACCOUNT}:/${operation}`;

/** The error that the active faults return instead of a result; `null` for none. */
export function refusal(activeFaults: ActiveFaults, operation: string): AwsError | null {
  for (const [kind, value] of activeFaults) {
    switch (kind) {
      case "throttle":
        return new AwsError(
          "LimitExceededException",
          "You made too many calls in a short period of time. Try again later.",
        );
      case "throttling":
        return new AwsError("ThrottlingException", "Rate exceeded");
      case "error":
        return new AwsError(
          value === "503" ? "ServiceUnavailableException" : "InternalServerException",
          "The service is unavailable. Please try again shortly.",
          Number(value),
        );
      case "expired-token":
        return invalidToken();
      case "request-changed":
        return requestChanged();
      case "deny":
        return new AwsError(
          "AccessDeniedException",
          `${denial(operation)} because no identity-based policy allows the ${actionOf(operation)} action`,
        );
      case "deny-by-organization":
        return new AwsError(
          "AccessDeniedException",
          `${denial(operation)} with an explicit deny in a service control policy`,
        );
      case "billing-access-off":
        return new AwsError("AccessDeniedException", denial(operation));
      case "member-account":
        if (ACCOUNT_OPERATIONS.has(operation)) break;
        return new AwsError(
          "AccessDeniedException",
          operation === "ListCostAllocationTags"
            ? "Failed to list Cost Allocation Tags: Linked account doesn't have access to cost allocation tags."
            : "Linked account doesn't have access to cost explorer.",
        );
      case "account-inactive":
        return new AwsError(
          "OptInRequired",
          "The AWS Access Key Id needs a subscription for the service",
          403,
        );
      case "wrong-secret":
        return new AwsError(
          "InvalidSignatureException",
          "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
        );
      case "not-activated":
        return new AwsError("AccessDeniedException", "User not enabled for cost explorer access");
      case "credentials":
        return new AwsError(
          "UnrecognizedClientException",
          "The security token included in the request is invalid.",
        );
      case "expired-credentials":
        return new AwsError("ExpiredTokenException", "The security token included in the request is expired");
      case "data-unavailable":
        return dataUnavailable();
      case "bill-expired":
        return new AwsError(
          "BillExpirationException",
          "The requested report expired. Update the date interval and try again.",
        );
      default:
    }
  }
  return null;
}
