import type { JsonValue } from "../../pricing/index.ts";
import { DriftError } from "../drift-error.ts";

/** A resource that Terraform manages, by what a bill may call it. No other value of a state is read: states contain secrets. */
export interface ManagedResource {
  readonly address: string;
  readonly type: string;
  /** Ids, ARNs and names of buckets. */
  readonly identifiers: readonly string[];
}

/** The most bytes of a state or plan that are read. */
const BYTE_LIMIT = 200_000_000;

const MAKE_JSON =
  "Make it by: terraform show -json > state.json, or terraform show -json tfplan > plan.json.";

/**
 * The resources in a state (`terraform show -json`) or a plan (`terraform show -json tfplan`): those that exist before it, and
 * those that it changes and keeps. Data sources are not managed.
 * @throws DriftError where it is neither
 */
export function managedResources(bytes: Uint8Array): readonly ManagedResource[] {
  const json = parsed(bytes);
  const roots = [
    member(member(json, "values"), "root_module"),
    member(member(member(json, "prior_state"), "values"), "root_module"),
    member(member(json, "planned_values"), "root_module"),
  ];
  const hasValues = roots.some((root) => root !== null);
  if (!hasValues && member(json, "resource_changes") !== null) {
    throw new DriftError(
      `This plan has neither prior_state nor planned_values, as a redacted copy: the ids of its resources are not in it. ${MAKE_JSON}`,
    );
  }
  if (!hasValues && member(json, "format_version") === null) {
    throw new DriftError(`This is neither a state nor a plan in JSON. ${MAKE_JSON}`);
  }
  const byAddress = new Map<string, ManagedResource>();
  for (const resource of roots.flatMap(resourcesIn)) {
    const known = byAddress.get(resource.address)?.identifiers ?? [];
    byAddress.set(resource.address, {
      ...resource,
      identifiers: [...new Set([...known, ...resource.identifiers])],
    });
  }
  return [...byAddress.values()];
}

function parsed(bytes: Uint8Array): JsonValue {
  if (bytes.length > BYTE_LIMIT) {
    throw new DriftError(`The file has more than ${BYTE_LIMIT / 1e6} MB, the most that is read.`);
  }
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as JsonValue;
  } catch {
    // The parser's error quotes the text, which may contain a secret.
    throw new DriftError(`This is not valid JSON in UTF-8. ${MAKE_JSON}`);
  }
}

function resourcesIn(root: JsonValue): readonly ManagedResource[] {
  const found: ManagedResource[] = [];
  const modules = [root];
  for (let module = modules.pop(); module !== undefined; module = modules.pop()) {
    for (const resource of list(member(module, "resources"))) {
      const [address, type, mode] = ["address", "type", "mode"].map((name) => member(resource, name));
      if (mode !== "managed" || typeof address !== "string" || typeof type !== "string") continue;
      found.push({ address, type, identifiers: identifiersOf(member(resource, "values")) });
    }
    modules.push(...list(member(module, "child_modules")));
  }
  return found;
}

/** Attributes by which bills call resources: an instance of RDS by its ARN, its cluster by the resource id in one. */
const IDENTIFIERS = ["id", "arn", "bucket", "allocation_id", "resource_id", "cluster_resource_id"];

/** Blocks of a resource that are billed as resources of their own: the volumes of an instance. */
const BLOCKS = ["root_block_device", "ebs_block_device"];

function identifiersOf(values: JsonValue): readonly string[] {
  const volumes = BLOCKS.flatMap((block) =>
    list(member(values, block)).map((one) => member(one, "volume_id")),
  );
  return [...IDENTIFIERS.map((name) => member(values, name)), ...volumes].filter(
    (value): value is string => typeof value === "string" && value !== "",
  );
}

function member(value: JsonValue, name: string): JsonValue {
  if (typeof value !== "object" || value === null || Array.isArray(value) || !Object.hasOwn(value, name))
    return null;
  return (value as { readonly [name: string]: JsonValue })[name] ?? null;
}

const list = (value: JsonValue): readonly JsonValue[] => (Array.isArray(value) ? value : []);
