import { AwsError } from "./aws-error.ts";

const SCOPE = /^AWS4-HMAC-SHA256\s+Credential=([^/,\s]+)\/(\d{8})\/([^/,\s]+)\/([^/,\s]+)\/aws4_request\s*,/;

/**
 * Checks the region and the service of a signature, because AWS refuses a client that signs for others. STS is in every region. The emulator has
 * no secret, so it accepts any key and does not verify the signature.
 * @throws AwsError with AWS's own names and messages
 */
export function checkCredentialScope(
  authorization: string | undefined,
  expected: "ce" | "sts" | "organizations" = "ce",
): void {
  if (authorization === undefined || authorization === "") {
    throw new AwsError("MissingAuthenticationTokenException", "Request is missing Authentication Token");
  }
  const [, , , region, service] = SCOPE.exec(authorization) ?? [];
  if (region === undefined || service === undefined) {
    throw new AwsError(
      "IncompleteSignatureException",
      "Authorization header requires 'Credential' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires 'Signature' parameter.",
    );
  }
  // The standard partition and China sign for the region of their endpoint.
  if (expected !== "sts" && region !== "us-east-1" && region !== "cn-northwest-1") {
    throw new AwsError(
      "InvalidSignatureException",
      `Credential should be scoped to a valid region, not '${region.slice(0, 40)}'. `,
    );
  }
  if (service !== expected) {
    throw new AwsError(
      "InvalidSignatureException",
      `Credential should be scoped to correct service: '${expected}'. `,
    );
  }
}
