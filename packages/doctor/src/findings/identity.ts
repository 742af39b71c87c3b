import type { AccountFacts, CallerIdentity } from "../account-facts.ts";
import { type AccountFinding, blocks, type FindingId, isFine, isUnknown, warns } from "../finding.ts";
import { answered, failureOf, type ProbeFailure } from "../probe.ts";

/** Whose credentials these are, and whether they are of the region's partition. */
export function identityFindings(facts: AccountFacts): readonly AccountFinding[] {
  const identity = answered(facts.identity);
  if (identity !== null) return knownFindings(identity, facts);
  // Where STS was not asked, or not reached, Cost Explorer may say what is wrong with the credentials.
  const failure = failureOf(facts.identity);
  const shown = [failure, failureOf(facts.cost)].flatMap((one) =>
    one === null ? [] : credentialFindings(one, facts),
  );
  const [first] = shown;
  if (first !== undefined) return [first];
  if (failure === null || ELSEWHERE.has(failure.kind)) return [];
  return [
    isUnknown(
      "identity-unknown",
      `Whose credentials these are is not known: STS refused to say it (${failure.name}). ${failure.words}`.trimEnd(),
      "Run aws sts get-caller-identity with the same profile; a service control policy that denies sts:GetCallerIdentity must permit it.",
    ),
  ];
}

/** Kinds that the findings about the network describe. */
const ELSEWHERE: ReadonlySet<ProbeFailure["kind"]> = new Set([
  "untrusted",
  "not-aws",
  "unreachable",
  "clock",
  "account-inactive",
]);

function credentialFindings(
  { kind, name, words }: ProbeFailure,
  { hosts }: AccountFacts,
): readonly AccountFinding[] {
  const said = words === "" ? name : words;
  const of: Readonly<Partial<Record<ProbeFailure["kind"], readonly [FindingId, string, string]>>> = {
    "no-credentials": [
      "no-credentials",
      `There are no AWS credentials here (${said}).`,
      "Sign in with aws sso login or aws configure, and name the profile in AWS_PROFILE. Without an account, try dapanoskop demo.",
    ],
    "sign-in-expired": [
      "sign-in-expired",
      "The AWS credentials or their sign-in have expired.",
      "Sign in again: aws sso login, with --profile where you use one. Remove AWS_ACCESS_KEY_ID and AWS_SESSION_TOKEN from the environment if they are old: they come before a profile.",
    ],
    "unknown-key": [
      "unknown-key",
      `AWS does not know the access key (${name}): it was deleted, is of another partition, or the region ${hosts.region ?? "us-east-1"} is not enabled for the account.`,
      "Check AWS_ACCESS_KEY_ID and AWS_PROFILE. An account in China needs AWS_REGION=cn-north-1 or cn-northwest-1; for a region that must be enabled first, try AWS_REGION=us-east-1.",
    ],
    "wrong-secret": [
      "wrong-secret",
      `The secret access key does not belong to the access key (${name}).`,
      "Copy AWS_SECRET_ACCESS_KEY again, without spaces at its ends; for temporary credentials set AWS_SESSION_TOKEN, too.",
    ],
  };
  const found = of[kind];
  return found === undefined ? [] : [blocks(...found)];
}

function knownFindings(
  { account, partition, kind, name }: CallerIdentity,
  { hosts }: AccountFacts,
): readonly AccountFinding[] {
  const who = {
    root: "the root user",
    user: `the user ${name}`,
    role: `the role ${name}`,
    other: "an identity",
  }[kind];
  const region = hosts.region === null ? "no region is set, so us-east-1 is used" : `region ${hosts.region}`;
  const found = [
    isFine(
      "identity",
      `These are credentials of ${who} in the account ${account} (partition ${partition}, ${region}).`,
    ),
  ];
  const wanted = partitionOf(hosts.region);
  if (hosts.region !== null && wanted !== partition)
    found.push(
      blocks(
        "wrong-partition",
        `The account is in the partition ${partition}, and the region ${hosts.region} is in ${wanted}.`,
        `Set AWS_REGION to a region of ${partition}: ${partition === "aws-cn" ? "cn-northwest-1" : "us-east-1"} for Cost Explorer.`,
      ),
    );
  if (kind === "root")
    found.push(
      warns(
        "root-user",
        "The root user may do everything in the account, and its keys must not be used every day.",
        "Create a role or a user with the permissions that docs/doctor.md lists, and delete the root user's access key.",
      ),
    );
  return found;
}

const partitionOf = (region: string | null): string =>
  region?.startsWith("cn-") ? "aws-cn" : region?.startsWith("us-gov-") ? "aws-us-gov" : "aws";
