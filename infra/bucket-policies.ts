import type { Input } from "@pulumi/pulumi";
import type { Bucket, Platform } from "./platform.ts";
import { policyDocument, withoutOldTls } from "./policy-documents.ts";
import type { Store } from "./store.ts";

/** The policies of both buckets: TLS 1.2 only, CloudFront reads; the data bucket has rules of its own. */
export function createBucketPolicies(
  platform: Platform,
  store: Store,
  principals: { readonly pipelineRoleArn: Input<string>; readonly distributionArn: Input<string> },
): void {
  const { text, concat } = platform;
  const { distributionArn } = principals;
  const rows = {
    data: { bucket: store.data, statements: dataStatements(platform, store.data, principals) },
    app: { bucket: store.app, statements: [] },
  };
  platform.comment("The statements of each bucket beside those of every bucket.");
  platform.bucketPolicies(rows, ({ arn, statements }) => {
    return policyDocument(
      platform,
      concat<object>(
        [
          ...withoutOldTls([arn, text`${arn}/*`]),
          {
            Sid: "CloudFrontReads",
            ...cloudFront(distributionArn),
            Action: "s3:GetObject",
            Resource: text`${arn}/*`,
          },
        ],
        statements,
      ),
    );
  });
}

const cloudFront = (distributionArn: Input<string>) => ({
  Effect: "Allow",
  Principal: { Service: "cloudfront.amazonaws.com" },
  Condition: { ArnEquals: { "aws:SourceArn": distributionArn } },
});

/**
 * Only the pipeline writes, and only whole snapshots. The conditions are those of the publish protocol
 * (docs/architecture.md, Publishing): S3 itself refuses a client that does not send them.
 */
const dataStatements = (
  { text }: Platform,
  { arn }: Bucket,
  principals: { readonly pipelineRoleArn: Input<string>; readonly distributionArn: Input<string> },
) => {
  const denyPut = { Effect: "Deny", Principal: "*", Action: "s3:PutObject" };
  return [
    {
      Sid: "OnlyThePipelineWrites",
      Effect: "Deny",
      Principal: "*",
      Action: ["s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion"],
      Resource: text`${arn}/*`,
      Condition: { ArnNotEquals: { "aws:PrincipalArn": principals.pipelineRoleArn } },
    },
    {
      Sid: "StagedFilesAreWrittenOnce",
      ...denyPut,
      Resource: text`${arn}/_runs/*`,
      Condition: { Null: { "s3:if-none-match": "true" } },
    },
    {
      Sid: "IndexIsReplacedConditionally",
      ...denyPut,
      Resource: text`${arn}/index.json`,
      Condition: { Null: { "s3:if-match": "true", "s3:if-none-match": "true" } },
    },
    {
      // S3 answers 404 for a missing key only where the caller may list; a 403 would look like an expired session.
      // CloudFront lists nothing: the edge function lets only addresses of files pass, without a query.
      Sid: "CloudFrontDistinguishesMissingKeys",
      ...cloudFront(principals.distributionArn),
      Action: "s3:ListBucket",
      Resource: arn,
    },
  ];
};
