import type { AccountFacts, BucketFacts } from "../account-facts.ts";
import { type AccountFinding, blocks, isFine, isUnknown, warns } from "../finding.ts";
import { answered, failureOf, type ProbeFailure } from "../probe.ts";

/** Whether the collection can publish where it is to publish. */
export function storeFindings({ store, hosts }: AccountFacts): readonly AccountFinding[] {
  if (store.kind === "bucket") return bucketFindings(store, hosts.region);
  return store.problem === null
    ? [isFine("folder", `The collection publishes into the folder ${store.place}.`)]
    : [
        blocks(
          "folder-not-writable",
          `Nothing can be written into the folder ${store.place}: ${store.problem}.`,
          "Name another folder with --store, or give this user the right to write there.",
        ),
      ];
}

function bucketFindings(facts: BucketFacts, region: string | null): readonly AccountFinding[] {
  const failure = failureOf(facts.list);
  if (failure !== null) return [listFinding(facts, failure)];
  if (facts.list.outcome === "not-made")
    return [
      isUnknown(
        "bucket-unknown",
        `The bucket ${facts.bucket} was not looked at.`,
        "Run dapanoskop doctor again when the findings above are settled.",
      ),
    ];
  const foreign = failureOf(facts.owner)?.kind === "denied" ? [foreignBucket(facts)] : [];
  return [...foreign, writeFinding(facts, region)];
}

function listFinding({ bucket, place }: BucketFacts, { kind, name, words }: ProbeFailure): AccountFinding {
  switch (kind) {
    case "not-found":
      return blocks(
        "bucket-missing",
        `There is no bucket ${bucket}.`,
        `Correct the name in --store, or create the bucket: the module does (docs/install.md), or aws s3 mb s3://${bucket}.`,
      );
    case "redirected":
      return blocks(
        "bucket-redirected",
        `The bucket ${bucket} is in another region, and S3 does not say in which.`,
        `Find it with aws s3api get-bucket-location --bucket ${bucket}, and set AWS_REGION to it. A new bucket's address may take some minutes to be known.`,
      );
    case "denied":
    case "denied-by-policy":
    case "denied-explicitly":
    case "denied-by-organization":
      return blocks(
        "bucket-denied",
        `S3 denies access to the bucket ${bucket}: it is of another account, or the identity lacks s3:ListBucket. ${words}`.trimEnd(),
        `Check the name and the account; then grant s3:ListBucket on the bucket, and s3:GetObject and s3:PutObject on ${place}/*.`,
      );
    default:
      return isUnknown(
        "bucket-unknown",
        `Whether the bucket ${bucket} can be used is not known: S3 answered ${name}. ${words}`.trimEnd(),
        "Run dapanoskop doctor again when the findings above are settled.",
      );
  }
}

const foreignBucket = ({ bucket }: BucketFacts) =>
  warns(
    "bucket-foreign",
    `The bucket ${bucket} is not of this account, or the identity lacks permission to see that: its owner can read and change what is published.`,
    "Choose a bucket of this account, unless you mean to share it.",
  );

function writeFinding(
  { conditionalWrite, bucket, place, region: itsRegion }: BucketFacts,
  region: string | null,
): AccountFinding {
  const failure = failureOf(conditionalWrite);
  const written = answered(conditionalWrite);
  if (written?.written === true)
    return blocks(
      "bucket-without-conditional-writes",
      `The bucket ${bucket} ignores the condition of a write (${written.condition}), so two collections at once would overwrite each other. This check wrote an empty object, ${written.key}, which remains.`,
      `Publish to Amazon S3, or to a store that has conditional writes (If-None-Match and If-Match). Delete ${written.key}.`,
    );
  if (written !== null) {
    const where =
      itsRegion === null || itsRegion === region ? "" : ` It is in ${itsRegion}: requests are sent there.`;
    return isFine(
      "bucket",
      `The bucket ${bucket} can be listed, and refuses writes whose conditions do not hold (If-Match, If-None-Match). The empty object of this check, ${written.key}, remains.${where}`,
    );
  }
  if (failure === null)
    return isUnknown(
      "bucket-unknown",
      `Whether ${place} can be written to was not asked.`,
      "Run dapanoskop doctor again.",
    );
  switch (failure.kind) {
    case "unsupported":
      return blocks(
        "bucket-without-conditional-writes",
        `The store of ${bucket} does not have conditional writes (${failure.name}). Nothing was written.`,
        "Publish to Amazon S3, or to a store that has conditional writes (If-None-Match and If-Match).",
      );
    case "no-key":
      return blocks(
        "bucket-key-denied",
        `The encryption key of the bucket ${bucket} cannot be used. ${failure.words}`.trimEnd(),
        "Grant kms:GenerateDataKey and kms:Decrypt on the key to this identity, in its policy and in the key's own, and see that the key is enabled.",
      );
    case "denied":
    case "denied-by-policy":
    case "denied-explicitly":
    case "denied-by-organization":
      return blocks(
        "bucket-not-writable",
        `The bucket ${bucket} can be listed, and the identity may not write to it. ${failure.words}`.trimEnd(),
        `Grant s3:PutObject, and s3:GetObject, which If-Match needs, on ${place}/*. On the bucket of the module only the collector may write: collect with its function (docs/install.md).`,
      );
    default:
      return isUnknown(
        "bucket-unknown",
        `Whether ${place} can be written to is not known: S3 answered ${failure.name}. ${failure.words}`.trimEnd(),
        "Run dapanoskop doctor again in some minutes.",
      );
  }
}
