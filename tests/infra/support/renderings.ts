import type { Evaluation } from "../../../packages/terraform/src/evaluate.ts";
import { lookUp, providerSchema } from "../../../packages/terraform/src/provider/schema.ts";
import { bodyOf } from "../../../packages/terraform/src/synthesis/body.ts";
import { resourceTypes, snakeCase } from "../../../packages/terraform/src/synthesis/resource-types.ts";
import { type EvaluatedStack, withReferences } from "./sst-stack.ts";

/** The resources of a rendering by the module's addresses, with Terraform's names of arguments. */
export type Rendering = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

const schema = providerSchema("5.100.0");

/** The module's resources. What SST's rendering composes of a bucket's name, and a public key, are written as there. */
export function fromModule({ resources }: Pick<Evaluation, "resources">): Rendering {
  const made = resources.filter(({ mode }) => mode === "resource");
  const composed = made
    .filter(({ type }) => type === "aws_s3_bucket")
    .flatMap(({ address, args: { bucket } }) => [
      [`${address}.arn`, `arn:aws:s3:::${bucket}`],
      [`${address}.bucket_regional_domain_name`, `${bucket}.s3.eu-central-1.amazonaws.com`],
    ]);
  return new Map(
    made.map(({ address, provider, args }) => {
      const json = composed.reduce(
        (text, [reference = "", value = ""]) => text.replaceAll(reference, value),
        JSON.stringify(tidied(args)),
      );
      const key = /data\.(aws_kms_)public_(key\.\w+\[\\"\w+\\"\])\.public_key_pem/g;
      return [address, { ...JSON.parse(json.replace(key, "(the public half of $1$2.key_id)")), provider }];
    }),
  );
}

/** The resources of SST's components, by the addresses that the module has for the same resources. */
export function fromSst({ resources }: EvaluatedStack): Rendering {
  const made = resources.filter(({ type }) => type.startsWith("aws:"));
  return new Map(
    made.map(({ type: token, name, inputs, provider }) => {
      const type = resourceTypes.get(token.replace(/^aws:(\w+)\/.*:/, "$1.")) ?? token;
      const block = lookUp(schema, type);
      const args =
        type === "aws_lambda_function" ? { ...inputs, functionName: inputs.name, name: undefined } : inputs;
      const body = block === undefined ? {} : bodyOf({ type, args }, block);
      const json = withReferences(JSON.stringify(tidied(body)), (of, one, attribute) =>
        `${addressOf(resourceTypes.get(of) ?? of, one)}.${snakeCase(attribute)}`.replaceAll('"', '\\"'),
      );
      return [
        addressOf(type, name),
        { ...JSON.parse(json), provider: provider === null ? null : "aws.us_east_1" },
      ];
    }),
  );
}

/** Names of SST's resources, and the module's. */
const NAMES: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/^(data|app)bucket(bucket|versioning)$/, "$1"],
  [/^(data|app)bucket(policy|publicaccessblock)$/, 'private["$1"]'],
  [/^(collect|session|report|api)function$/, "$1"],
  [/^maileventsfunction$/, "mail_events"],
  [/^(collect|report)schedule(rule|target|permission)$/, "$1"],
  [/^pagecdndistribution$/, "page"],
  // One of several: its name and its key.
  [/^([a-z_]+)-([a-z-]+)$/, '$1["$2"]'],
];

function addressOf(type: string, name: string): string {
  const lower = name.toLowerCase();
  const [pattern, own] = NAMES.find(([one]) => one.test(lower)) ?? [lower, name];
  return `${type}.${lower.replace(pattern, own)}`;
}

/** Documents parsed, absent arguments removed, numbers as text, names sorted. */
function tidied(value: unknown): unknown {
  if (typeof value === "string" && /^[{[]"/.test(value)) return tidied(JSON.parse(value));
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(tidied);
  if (typeof value !== "object" || value === null) return value ?? undefined;
  const entries = Object.entries(value).map(([name, one]) => [name, tidied(one)] as const);
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}
