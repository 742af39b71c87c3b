import type { Input } from "@pulumi/pulumi";
import type { BucketParts, Platform } from "./platform.ts";

/**
 * The data bucket's policy: the pipeline alone writes, whole snapshots only, and CloudFront reads. Conditions are those
 * of the publish protocol (docs/architecture.md, Publishing): a client that forgot them is refused by S3 itself.
 */
export function dataBucketPolicy(
  platform: Platform,
  {
    data,
    pipelineRoleArn,
    distributionArn,
  }: {
    readonly data: BucketParts;
    readonly pipelineRoleArn: Input<string>;
    readonly distributionArn: Input<string>;
  },
) {
  const { json, text } = platform;
  const denyPut = { Effect: "Deny", Principal: "*", Action: "s3:PutObject" };
  return json({
    Version: "2012-10-17",
    Statement: [
      ...tlsOnly(platform, data),
      {
        Sid: "OnlyThePipelineWrites",
        Effect: "Deny",
        Principal: "*",
        Action: ["s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion"],
        Resource: text`${data.arn}/*`,
        Condition: { ArnNotEquals: { "aws:PrincipalArn": pipelineRoleArn } },
      },
      {
        Sid: "StagedFilesAreWrittenOnce",
        ...denyPut,
        Resource: text`${data.arn}/_runs/*`,
        Condition: { Null: { "s3:if-none-match": "true" } },
      },
      {
        Sid: "TheIndexIsReplacedByWhoReadIt",
        ...denyPut,
        Resource: text`${data.arn}/index.json`,
        Condition: { Null: { "s3:if-match": "true", "s3:if-none-match": "true" } },
      },
      cloudFrontReads(platform, data, distributionArn),
      {
        // Of a missing key S3 says 404 only to who may list; a 403 would read as a session that is over. Nothing is listed:
        // the edge's function lets no address through that is not a file's, and no query reaches the bucket.
        Sid: "CloudFrontTellsMissingFromForbidden",
        Effect: "Allow",
        Principal: { Service: "cloudfront.amazonaws.com" },
        Action: "s3:ListBucket",
        Resource: data.arn,
        Condition: { ArnEquals: { "aws:SourceArn": distributionArn } },
      },
    ],
  });
}

/** The app bucket's policy: whoever deploys writes, CloudFront reads. */
export function appBucketPolicy(platform: Platform, app: BucketParts, distributionArn: Input<string>) {
  return platform.json({
    Version: "2012-10-17",
    Statement: [...tlsOnly(platform, app), cloudFrontReads(platform, app, distributionArn)],
  });
}

const cloudFrontReads = ({ text }: Platform, bucket: BucketParts, distributionArn: Input<string>) => ({
  Sid: "CloudFrontReads",
  Effect: "Allow",
  Principal: { Service: "cloudfront.amazonaws.com" },
  Action: "s3:GetObject",
  Resource: text`${bucket.arn}/*`,
  Condition: { ArnEquals: { "aws:SourceArn": distributionArn } },
});

/** What every bucket policy says: TLS only, of 1.2 or newer. */
const tlsOnly = ({ text }: Platform, bucket: BucketParts) => {
  const resources = [bucket.arn, text`${bucket.arn}/*`];
  return [
    {
      Sid: "TlsOnly",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: resources,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
    {
      Sid: "NoOldTls",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: resources,
      Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
    },
  ];
};
