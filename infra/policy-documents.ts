import type * as Aws from "@pulumi/aws";
import type { Input, Output } from "@pulumi/pulumi";
import type { Bucket, ConditionalList, Platform } from "./platform.ts";

/** A policy with these statements, as JSON text. */
export const policyDocument = (
  { json }: Pick<Platform, "json">,
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

/** A bucket's policy refuses requests with a version of TLS below 1.2, or without TLS, to every principal. */
export const withoutOldTls = (resources: readonly Input<string>[]) => [
  tlsOnly("s3:*", resources),
  {
    ...tlsOnly("s3:*", resources),
    Sid: "NoOldTls",
    Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
  },
];

/** The principal by which a key's policy leaves decisions to the account's IAM policies. */
export const accountRoot = ({ text, partition, accountId }: Platform) => ({
  AWS: text`arn:${partition}:iam::${accountId}:root`,
});

/** What a role may do with the files of buckets. Without ListBucket, S3 answers 403 for a missing key and not 404. */
export const ofFiles = (
  { text }: Platform,
  sid: string,
  actions: readonly string[],
  ...buckets: readonly [Pick<Bucket, "arn">, ...Pick<Bucket, "arn">[]]
): readonly object[] => {
  const files = buckets.map(({ arn }) => text`${arn}/*`);
  const [bucket, ...others] = buckets.map(({ arn }) => arn);
  return [
    { Sid: sid, Effect: "Allow", Action: actions, Resource: others.length === 0 ? files[0] : files },
    {
      Sid: "DistinguishMissingKeys",
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: others.length === 0 ? bucket : [bucket, ...others],
    },
  ];
};

/** What a role may do with the adopter's key of the published files, where there is one. */
export const withDataKey = (
  { inputs, listWhen, isSet }: Platform,
  actions: readonly string[],
): ConditionalList<object> =>
  listWhen<object>(isSet(inputs.kms_key_arn), [
    { Sid: "UseTheDataKey", Effect: "Allow", Action: actions, Resource: inputs.kms_key_arn },
  ]);

/** What a role may do with the table. */
export const keepState = (state: Aws.dynamodb.Table, actions: readonly string[]) => ({
  Sid: "KeepState",
  Effect: "Allow",
  Action: actions,
  Resource: state.arn,
});

export const fromThisAccount = ({ accountId }: Platform) => ({
  StringEquals: { "aws:SourceAccount": accountId },
});
