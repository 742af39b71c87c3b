import { randomUUID } from "node:crypto";
import type { ActiveFaults } from "../faults/fault-plan.ts";
import { ACCOUNT } from "../faults/refusals.ts";
import type { AwsError } from "../protocol/aws-error.ts";
import type { AccountOperation } from "./account-operation.ts";

/** The management account of the organization that the emulated account is a member of, with the fault `member-account`. */
const PAYER = "210987654321";

const XMLNS = "https://sts.amazonaws.com/doc/2011-06-15/";

/** Who the caller is, and which organization the account is in: its own, unless a fault makes it a member of another. */
export function accountAnswer({ name }: AccountOperation, activeFaults: ActiveFaults): string {
  if (name === "GetCallerIdentity") {
    const result = `<GetCallerIdentityResult><Arn>arn:aws:iam::${ACCOUNT}:user/emulated</Arn><UserId>AIDAEMULATED</UserId><Account>${ACCOUNT}</Account></GetCallerIdentityResult>`;
    return `<GetCallerIdentityResponse xmlns="${XMLNS}">${result}<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></GetCallerIdentityResponse>`;
  }
  const payer = activeFaults.has("member-account") ? PAYER : ACCOUNT;
  const id = "o-emulated01";
  return JSON.stringify({
    Organization: {
      Id: id,
      Arn: `arn:aws:organizations::${payer}:organization/${id}`,
      FeatureSet: "ALL",
      MasterAccountArn: `arn:aws:organizations::${payer}:account/${id}/${payer}`,
      MasterAccountId: payer,
      MasterAccountEmail: "payer@example.com",
    },
  });
}

/** STS has other names than the services of AWS JSON for the same errors. */
const STS_NAMES: Readonly<Record<string, string>> = {
  ExpiredTokenException: "ExpiredToken",
  InvalidSignatureException: "SignatureDoesNotMatch",
  UnrecognizedClientException: "InvalidClientTokenId",
  MissingAuthenticationTokenException: "MissingAuthenticationToken",
};

/** An error as STS writes it. The messages are the emulator's own, so they need no encoding but of these characters. */
export function stsError({ name, message }: AwsError): string {
  const encoded = message.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return `<ErrorResponse xmlns="${XMLNS}"><Error><Type>Sender</Type><Code>${STS_NAMES[name] ?? name}</Code><Message>${encoded}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`;
}
