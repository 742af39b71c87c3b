import {
  CreateBucketCommand,
  type CreateBucketCommandInput,
  GetBucketEncryptionCommand,
  GetBucketLocationCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { nameOf } from "../transport/index.ts";
import type { AccountPlace } from "./account.ts";
import { DeploymentError } from "./deployment-error.ts";
import { type Asked, ask, clientOf } from "./request.ts";

/** What became of a part of the place of the state. */
export interface Provision {
  readonly what: string;
  readonly outcome: "created" | "repaired" | "as it should be";
}

/** The names of errors by which S3 says that there is no such setting. */
const NO_SETTING = [
  "NoSuchBucketPolicy",
  "NoSuchPublicAccessBlockConfiguration",
  "ServerSideEncryptionConfigurationNotFoundError",
];

/**
 * Creates a bucket for a state, or repairs its settings: versions, encryption, no public access, TLS only. What is right is not
 * written. Every request names the account as the bucket's expected owner.
 * @throws DeploymentError also where the bucket belongs to another account or is in another region
 */
export async function provisionStateBucket(
  bucket: string,
  { account, region, partition }: AccountPlace,
): Promise<readonly Provision[]> {
  const client = new S3Client(clientOf({ region }));
  const of = (what: string, permission: string, absent: readonly string[] = []): Asked => ({
    what: `${what} of the bucket ${bucket}`,
    permission: `s3:${permission}`,
    service: "S3",
    errors: S3ServiceException,
    absent,
  });
  const ours = { Bucket: bucket, ExpectedBucketOwner: account };
  const created = await createBucket(client, bucket, account, region);

  const settings: readonly Setting[] = [
    {
      what: "versions",
      async isRight() {
        const asked = of("read the versioning", "GetBucketVersioning");
        const answer = await ask(asked, (options) =>
          client.send(new GetBucketVersioningCommand(ours), options),
        );
        return answer?.Status === "Enabled";
      },
      async write() {
        const command = new PutBucketVersioningCommand({
          ...ours,
          VersioningConfiguration: { Status: "Enabled" },
        });
        await ask(of("enable the versions", "PutBucketVersioning"), (options) =>
          client.send(command, options),
        );
      },
    },
    {
      what: "encryption",
      async isRight() {
        const asked = of("read the encryption", "GetEncryptionConfiguration", NO_SETTING);
        const answer = await ask(asked, (options) =>
          client.send(new GetBucketEncryptionCommand(ours), options),
        );
        // A key of the organisation's own is right, too.
        const rule =
          answer?.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault;
        return ["AES256", "aws:kms", "aws:kms:dsse"].includes(String(rule?.SSEAlgorithm));
      },
      async write() {
        const rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" as const } };
        const command = new PutBucketEncryptionCommand({
          ...ours,
          ServerSideEncryptionConfiguration: { Rules: [rule] },
        });
        await ask(of("set the encryption", "PutEncryptionConfiguration"), (options) =>
          client.send(command, options),
        );
      },
    },
    {
      what: "public access block",
      async isRight() {
        const asked = of("read the public access block", "GetBucketPublicAccessBlock", NO_SETTING);
        const answer = await ask(asked, (options) =>
          client.send(new GetPublicAccessBlockCommand(ours), options),
        );
        const found = answer?.PublicAccessBlockConfiguration ?? {};
        return Object.keys(NOT_PUBLIC).every((key) => found[key as keyof typeof NOT_PUBLIC] === true);
      },
      async write() {
        const command = new PutPublicAccessBlockCommand({
          ...ours,
          PublicAccessBlockConfiguration: NOT_PUBLIC,
        });
        await ask(of("block public access", "PutBucketPublicAccessBlock"), (options) =>
          client.send(command, options),
        );
      },
    },
    tlsOnly(client, bucket, ours, partition, of),
  ];

  const done: Provision[] = [{ what: `bucket ${bucket}`, outcome: created ? "created" : "as it should be" }];
  for (const { what, isRight, write } of settings) {
    const right = await isRight();
    if (!right) await write();
    done.push({ what, outcome: right ? "as it should be" : created ? "created" : "repaired" });
  }
  return done;
}

interface Setting {
  readonly what: string;
  isRight(): Promise<boolean>;
  write(): Promise<void>;
}

const NOT_PUBLIC = {
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: true,
} as const;

/** @returns whether the bucket was created now */
async function createBucket(client: S3Client, bucket: string, account: string, region: string) {
  const ours = { Bucket: bucket, ExpectedBucketOwner: account };
  const asked: Asked = {
    what: `find the bucket ${bucket}`,
    permission: "s3:GetBucketLocation",
    service: "S3",
    errors: S3ServiceException,
    absent: ["NoSuchBucket", "NotFound", ...FOREIGN],
  };
  let refused = false;
  const found = await ask(asked, (options) =>
    client.send(new GetBucketLocationCommand(ours), options).catch((cause: unknown) => {
      refused = FOREIGN.includes(nameOf(cause));
      throw cause;
    }),
  );
  if (refused) throw foreign(bucket, "refuses access to it");
  if (found !== null) {
    const there = locationRegion(found.LocationConstraint);
    if (there === region) return false;
    throw new DeploymentError(
      `The bucket ${bucket} is in ${there}, not in ${region}. Run it with --region ${there}, or choose another --name.`,
    );
  }
  const input: CreateBucketCommandInput = {
    Bucket: bucket,
    ObjectOwnership: "BucketOwnerEnforced",
    ...(region === "us-east-1"
      ? {}
      : {
          CreateBucketConfiguration: {
            LocationConstraint: region as NonNullable<
              CreateBucketCommandInput["CreateBucketConfiguration"]
            >["LocationConstraint"],
          },
        }),
  };
  const creating = { ...asked, what: `create the bucket ${bucket}`, permission: "s3:CreateBucket" };
  const made = await ask({ ...creating, absent: ["BucketAlreadyExists"] }, (options) =>
    client.send(new CreateBucketCommand(input), options),
  );
  if (made === null) throw foreign(bucket, "has this name already");
  return true;
}

/** How S3 answers for a bucket of another account, or where the permission is missing; it does not tell the two apart. */
const FOREIGN = ["AccessDenied", "Forbidden"];

const foreign = (bucket: string, what: string) =>
  new DeploymentError(
    `The bucket ${bucket} was not used: another account ${what}, or this identity lacks s3:GetBucketLocation. A state in somebody else's bucket can be read and changed by its owner. Check the credentials; where they are right, choose another --name.`,
  );

const locationRegion = (constraint: string | undefined) =>
  constraint === undefined || constraint === ""
    ? "us-east-1"
    : constraint === "EU"
      ? "eu-west-1"
      : constraint;

interface PolicyStatement {
  readonly Sid?: string;
}

const TLS_ONLY = "TlsOnly";

/** The policy's statement that denies requests without TLS. Other statements of the policy are kept. */
function tlsOnly(
  client: S3Client,
  bucket: string,
  ours: { readonly Bucket: string; readonly ExpectedBucketOwner: string },
  partition: string,
  of: (what: string, permission: string, absent?: readonly string[]) => Asked,
): Setting {
  const arn = `arn:${partition}:s3:::${bucket}`;
  const statement = {
    Sid: TLS_ONLY,
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [arn, `${arn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  const read = async (): Promise<readonly PolicyStatement[]> => {
    const asked = of("read the policy", "GetBucketPolicy", NO_SETTING);
    const answer = await ask(asked, (options) => client.send(new GetBucketPolicyCommand(ours), options));
    if (answer?.Policy === undefined) return [];
    const found = (
      JSON.parse(answer.Policy) as { readonly Statement?: PolicyStatement | readonly PolicyStatement[] }
    ).Statement;
    return [found ?? []].flat();
  };
  const isOurs = (one: PolicyStatement) => JSON.stringify(sorted(one)) === JSON.stringify(sorted(statement));
  return {
    what: "TLS only",
    isRight: async () => (await read()).some(isOurs),
    async write() {
      const kept = (await read()).filter(({ Sid }) => Sid !== TLS_ONLY);
      const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [...kept, statement] });
      await ask(of("set the policy", "PutBucketPolicy"), (options) =>
        client.send(new PutBucketPolicyCommand({ ...ours, Policy }), options),
      );
    },
  };
}

/** A value with the keys of its objects in order: AWS may write them in another one. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
