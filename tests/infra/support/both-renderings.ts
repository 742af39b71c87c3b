import type { Evaluation } from "../../../packages/terraform/src/evaluate.ts";
import { lookUp, providerSchema } from "../../../packages/terraform/src/provider/schema.ts";
import { bodyOf } from "../../../packages/terraform/src/synthesis/body.ts";
import { resourceTypes } from "../../../packages/terraform/src/synthesis/resource-types.ts";
import type { EvaluatedStack } from "./evaluate-sst.ts";
import { createdResource, type MockedLocation } from "./mocked-aws.ts";
import type { RegisteredResource } from "./mocked-engine.ts";

/** The resources of a rendering by the module's addresses, with Terraform's names of arguments. */
export type Comparable = ReadonlyMap<string, unknown>;

/** The place of the mocks. */
export const PLACE: MockedLocation = { region: "eu-central-1", account: "123456789012", partition: "aws" };

const schema = providerSchema("5.100.0");

/** The module's resources. */
export function fromModule({ resources }: Pick<Evaluation, "resources">): Comparable {
  return new Map(
    resources
      .filter(({ mode }) => mode === "resource")
      .map(({ address, provider, args }) => [address, tidied(args, provider !== null)]),
  );
}

/** The resources of SST's components, by the addresses that the module has for the same resources. */
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

/** Resources of SST's components, and their names in the module. */
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

/** Pulumi's `name` of a function is Terraform's `function_name`. */
function known(type: string, inputs: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (type !== "aws_lambda_function") return inputs;
  const { name, ...others } = inputs;
  return { functionName: name, ...others };
}

/** Replaces attributes that the mocks made up by the module's references to them. */
function marker(named: readonly { readonly resource: RegisteredResource; readonly address: string }[]) {
  const pairs = named.flatMap(({ resource: { type, name, inputs, provider }, address }) => {
    // Both renderings compose its ARN before it exists.
    if (address.startsWith("aws_ssm_parameter.")) return [];
    const at = provider === null ? PLACE : { ...PLACE, region: "us-east-1" };
    const { id, outputs } = createdResource(type, name, inputs, undefined, at);
    // A name is a plain word that may occur anywhere.
    const attributes = [["id", id] as const, ...Object.entries(outputs).filter(([one]) => one !== "name")];
    return attributes.flatMap(([attribute, value]) => {
      const own = snakeCase(attribute);
      const unknown = [`\${${type}::${name}.${attribute}}`, `${address}.${own}`] as const;
      return typeof value === "string" && isMadeUp(value, inputs)
        ? [[value, `${address}.${own}`] as const, unknown]
        : [unknown];
    });
  });
  // Longer values first, since a value may begin with another. Of equal ones the ARN or the key's id is replaced first.
  const rank = (name: string) => Number(/\.(arn|key_id)$/.test(name));
  const sorted = pairs.sort(
    ([one, oneName], [other, otherName]) => other.length - one.length || rank(otherName) - rank(oneName),
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

/** Parses texts that are JSON documents. */
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

/** Whether the mocks made a value up: it is neither an argument nor a word that may occur anywhere. */
const isMadeUp = (value: string, inputs: Readonly<Record<string, unknown>>) =>
  value.length > 10 &&
  value !== PLACE.region &&
  value !== PLACE.account &&
  !Object.values(inputs).includes(value);

/** Documents parsed, absent arguments removed, numbers as text, names sorted. */
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
