import type { Input, Output } from "@pulumi/pulumi";
import type { Platform } from "./platform.ts";

/** A policy with these statements, as JSON text. */
export const policyDocument = (
  { json }: Platform,
  statements: readonly object[] | Input<object[]>,
): Output<string> => json({ Version: "2012-10-17", Statement: statements });

/** A resource's policy refuses requests without TLS to every principal. */
export const tlsOnly = (action: string, resource: unknown) => ({
  Sid: "TlsOnly",
  Effect: "Deny",
  Principal: "*",
  Action: action,
  Resource: resource,
  Condition: { Bool: { "aws:SecureTransport": "false" } },
});

/** The principal by which a key's policy leaves decisions to the account's IAM policies. */
export const accountRoot = ({ text, partition, accountId }: Platform) => ({
  AWS: text`arn:${partition}:iam::${accountId}:root`,
});
