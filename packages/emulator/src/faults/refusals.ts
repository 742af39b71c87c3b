import { AwsError, dataUnavailable, invalidToken, requestChanged } from "../protocol/aws-error.ts";
import type { ActiveFaults } from "./fault-plan.ts";

/** The account number of the emulator: the example of AWS's documentation. */
export const ACCOUNT = "123456789012";

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
          `User: arn:aws:iam::${ACCOUNT}:user/emulated is not authorized to perform: ce:${operation} on resource: arn:aws:ce:us-east-1:${ACCOUNT}:/${operation} because no identity-based policy allows the ce:${operation} action`,
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
