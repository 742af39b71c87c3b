import type { Evaluation } from "../../../packages/terraform/src/evaluate.ts";
import { lookUp, providerSchema } from "../../../packages/terraform/src/provider/schema.ts";
import { bodyOf } from "../../../packages/terraform/src/synthesis/body.ts";
import { resourceTypes } from "../../../packages/terraform/src/synthesis/resource-types.ts";
import type { EvaluatedStack } from "./evaluate-sst.ts";
import { createdResource, type Place } from "./mocked-aws.ts";
import type { RegisteredResource } from "./mocked-engine.ts";

/** What a rendering makes, by the module's addresses and under Terraform's names: equal where both mean the same. */
export type Comparable = ReadonlyMap<string, unknown>;

/** Where the mocks are. */
export const HERE: Place = { region: "eu-central-1", account: "123456789012", partition: "aws" };

const schema = providerSchema("5.100.0");

/** The module's side. */
export function fromModule({ resources }: Evaluation): Comparable {
  return new Map(
    resources
      .filter(({ mode }) => mode === "resource")
      .map(({ address, provider, args }) => [address, tidied(args, provider !== null)]),
  );
}

/** SST's side: what its components are made of, by the names that the module has for the same things. */
export function fromSst({ resources }: EvaluatedStack): Comparable {
  const made = resources.filter(
    ({ type, custom, existing }) => type.startsWith("aws:") && custom && !existing,
  );
  const named = made.map((resource) => ({ resource, address: addressOf(resource) }));
  const marked = marker(named);
  return new Map(
    named.map(({ resource, address }) => {
      const type = address.split(".")[0] ?? "";
      const block = lookUp(schema, type);
      if (block === undefined) return [address, null];
      const args = known(type, resource.inputs);
      const body = bodyOf({ type, args } as Parameters<typeof bodyOf>[0], block);
      return [address, tidied(marked(opened(body)), resource.provider !== null)];
    }),
  );
}

/** `aws:s3/bucket:Bucket` → `s3.Bucket` → `aws_s3_bucket`. */
function typeOf({ type }: RegisteredResource): string {
  const [, module = "", name = ""] = /^aws:([a-z0-9]+)\/[^:]+:(\w+)$/.exec(type) ?? [];
  return resourceTypes.get(`${module}.${name}`) ?? type;
}

/** Parts of SST's components, by the names that the module gives them. */
const PARTS: readonly (readonly [pattern: RegExp, name: (found: RegExpExecArray) => string])[] = [
  [/^(Data|App)Bucket(Bucket|Versioning)$/, ([, name = ""]) => name.toLowerCase()],
  [/^(Data|App)Bucket(Policy|PublicAccessBlock)$/, ([, name = ""]) => `private["${name.toLowerCase()}"]`],
  [/^(Collect|Session)Function$/, ([, name = ""]) => name.toLowerCase()],
  [/^CollectSchedule(Rule|Target|Permission)$/, () => "collect"],
  [/^PageCdnDistribution$/, () => "page"],
  // One of several: its name and its key.
  [/^([a-z_]+)-([a-z-]+)$/, ([, name = "", key = ""]) => `${name}["${key}"]`],
];

function addressOf(resource: RegisteredResource): string {
  for (const [pattern, name] of PARTS) {
    const found = pattern.exec(resource.name);
    if (found !== null) return `${typeOf(resource)}.${name(found)}`;
  }
  return `${typeOf(resource)}.${resource.name}`;
}

/** Names that Pulumi's resources have and a body of Terraform's does not take. */
function known(type: string, inputs: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (type !== "aws_lambda_function") return inputs;
  const { name, ...others } = inputs;
  return { functionName: name, ...others };
}

/** Replaces what AWS alone knows, made up by the mocks, by what the module's evaluation calls it. */
function marker(named: readonly { readonly resource: RegisteredResource; readonly address: string }[]) {
  const pairs = named.flatMap(({ resource: { type, name, inputs, provider }, address }) => {
    // Its ARN is written before it exists, in both renderings.
    if (address.startsWith("aws_ssm_parameter.")) return [];
    const at = provider === null ? HERE : { ...HERE, region: "us-east-1" };
    const { id, outputs } = createdResource(type, name, inputs, undefined, at);
    // A name that the mocks take from Pulumi's is a plain word: it may stand anywhere.
    const attributes = [["id", id] as const, ...Object.entries(outputs).filter(([one]) => one !== "name")];
    return attributes.flatMap(([attribute, value]) => {
      const own = snakeCase(attribute);
      const unknown = [`\${${type}::${name}.${attribute}}`, `${address}.${own}`] as const;
      return typeof value === "string" && isMadeUp(value, inputs)
        ? [[value, `${address}.${own}`] as const, unknown]
        : [unknown];
    });
  });
  // A name may be the beginning of another; and an ARN or a key's name serves better than the id that is equal to it.
  const serves = (name: string) => Number(/\.(arn|key_id)$/.test(name));
  const sorted = pairs.sort(
    ([one, oneName], [other, otherName]) => other.length - one.length || serves(otherName) - serves(oneName),
  );
  const replace = (text: string) =>
    sorted
      .reduce((found, [value, name]) => found.replaceAll(value, name), text)
      .replace(/-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----\n/g, PEM);
  const deep = (value: unknown): unknown => {
    if (typeof value === "string") return replace(value);
    if (Array.isArray(value)) return value.map(deep);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, deep(one)]));
  };
  return deep;
}

/** Texts that are JSON documents, as what they say. */
function opened(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(opened);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, opened(one)]));
  }
  if (typeof value !== "string" || !/^[{[]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

const PEM = "(a public key)\n";

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** What is no argument of the resource, nor a plain word that may stand anywhere. */
const isMadeUp = (value: string, inputs: Readonly<Record<string, unknown>>) =>
  value.length > 10 &&
  value !== HERE.region &&
  value !== HERE.account &&
  !Object.values(inputs).includes(value);

/** Documents as what they say, nothing that is absent, one way to write a number, names in one order. */
function tidied(args: unknown, isElsewhere: boolean): unknown {
  const deep = (value: unknown): unknown => {
    if (typeof value === "string") {
      return value.replace(/data\.aws_kms_public_key\.\w+(\["\w+"\])?\.public_key_pem\n/g, PEM);
    }
    if (typeof value === "number" || typeof value === "boolean") return String(value);
    if (Array.isArray(value)) return value.map(deep);
    if (typeof value !== "object" || value === null) return undefined;
    const entries = Object.entries(value)
      .map(([name, one]) => [name, deep(one)] as const)
      .filter(([, one]) => one !== undefined && !(Array.isArray(one) && one.length === 0));
    return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
  };
  return { ...(deep(opened(args)) as object), ...(isElsewhere ? { "(region)": "us-east-1" } : {}) };
}
