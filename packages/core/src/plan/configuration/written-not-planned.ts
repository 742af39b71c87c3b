import { type JsonValue, SENSITIVE } from "../../pricing/index.ts";
import {
  isJsonList,
  isJsonObject,
  listProperty,
  property,
  scalarText,
  textProperty,
} from "../json-object.ts";
import type { Configuration, ConfiguredResource } from "./configuration.ts";

/** A list of blocks whose changes the provider does not plan, what tells its blocks apart, and the attributes that cost. */
interface SilentBlocks {
  readonly type: string;
  readonly block: string;
  readonly key: string;
  readonly attributes: readonly string[];
}

/** Seen with the AWS provider 5.100: a volume of an instance that grows from 50 to 5,000 GB is a no-op. */
const silentBlocks: readonly SilentBlocks[] = [
  {
    type: "aws_instance",
    block: "ebs_block_device",
    key: "device_name",
    attributes: ["volume_size", "volume_type", "iops", "throughput"],
  },
];

/** What may be repeated from the configuration: sizes and names of volume types, and nothing that could be a secret. */
export const isRepeatable = (value: JsonValue): value is string | number =>
  typeof value === "number" || (typeof value === "string" && /^[a-z0-9]{1,10}$/.test(value));

/**
 * Values that the configuration writes as constants, or as variables, and that `after` has otherwise, by path. Blocks that a
 * `dynamic` block makes are not in the configuration of a plan, so nothing is said about them.
 */
export function writtenNotPlanned(
  type: string,
  after: JsonValue,
  configured: ConfiguredResource,
  configuration: Configuration,
): { readonly [path: string]: JsonValue } {
  const found = new Map<string, JsonValue>();
  for (const { block, key, attributes } of silentBlocks.filter((one) => one.type === type)) {
    const planned = listProperty(after, block);
    if (planned.length === 0) continue;
    const blocks = blocksByName(configured, block, key, configuration);
    for (const [at, device] of planned.entries()) {
      const written = blocks.get(textProperty(device, key) ?? "");
      if (written === undefined) continue;
      for (const attribute of attributes) {
        const expression = property(written, attribute);
        if (property(expression, "constant_value") === undefined) continue;
        const value = configuration.expressionValue(expression, configured.modulePath);
        const now = property(device, attribute);
        if (now === undefined || now === SENSITIVE) continue;
        if (isRepeatable(value) && String(value) !== scalarText(now)) {
          found.set(`${block}.${at}.${attribute}`, value);
        }
      }
    }
  }
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Of the blocks of a resource, by their names: made once for all of its instances. */
const blocksOfResources = new WeakMap<ConfiguredResource, Map<string, ReadonlyMap<string, JsonValue>>>();

function blocksByName(
  configured: ConfiguredResource,
  block: string,
  key: string,
  configuration: Configuration,
): ReadonlyMap<string, JsonValue> {
  const known = blocksOfResources.get(configured) ?? new Map<string, ReadonlyMap<string, JsonValue>>();
  blocksOfResources.set(configured, known);
  const found = known.get(block);
  if (found !== undefined) return found;
  const blocks = new Map<string, JsonValue>();
  for (const written of blocksOf(property(configured.expressions, block))) {
    const name = configuration.expressionValue(property(written, key), configured.modulePath);
    if (typeof name === "string" && name !== "") blocks.set(name, written);
  }
  known.set(block, blocks);
  return blocks;
}

/** The blocks of an expression: one, or a list of them. */
function blocksOf(expression: JsonValue | undefined): readonly JsonValue[] {
  if (isJsonList(expression)) return expression;
  return isJsonObject(expression) ? [expression] : [];
}
