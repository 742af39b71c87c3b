import { checkReference } from "./references.ts";
import { type Attribute, type Block, own, type ProviderSchema, typeOf } from "./schema.ts";

/** Arguments and blocks by name. A value may be anything that is an expression to the caller: strings and class instances are not judged. */
export type Body = Readonly<Record<string, unknown>>;

/** The addresses that an expression refers to, as in aws_s3_bucket.data.arn. */
export type ReferencesIn = (expression: unknown) => Iterable<string>;

// Terraform's own, in every resource and data source.
const metaArguments = new Set(["count", "depends_on", "for_each", "lifecycle", "provider"]);

/**
 * What is wrong with a resource's or data source's body by the provider's schema, a sentence each; none is good news.
 * `type` reads aws_s3_bucket or data.aws_region. Blocks are objects or arrays of objects; `dynamic: { name: { for_each, content } }` counts as
 * any number of them. Reported are unknown, computed, missing and misshapen arguments, blocks too few or too many, and references
 * to attributes that do not exist. Values of the right shape are not judged: the schema does not say which are allowed.
 */
export function checkBlock(
  schema: ProviderSchema,
  type: string,
  body: Body,
  referencesIn: ReferencesIn = () => [],
): string[] {
  const faults: string[] = [];
  const version = `hashicorp/aws ${schema.version}`;
  visit(typeOf(schema, type), body, type);
  return faults;

  function visit(block: Block, given: Body, path: string): void {
    const { dynamic, ...rest } = given;
    const isRoot = path === type;
    const several = isPlain(dynamic) ? dynamic : {};
    for (const [name, value] of Object.entries(rest)) {
      if (value === undefined || value === null) continue;
      if (isRoot && metaArguments.has(name)) references(value, `${path}.${name}`);
      else argument(block, name, value, path);
    }
    for (const [name, value] of Object.entries(several)) dynamicBlock(block, name, value, path);
    const present = (name: string) => (given[name] ?? own(several, name) ?? null) !== null;
    for (const [name, attribute] of Object.entries(block.attributes)) {
      if (attribute.required && !present(name)) faults.push(`${path} lacks its required argument ${name}.`);
    }
    for (const [name, nested] of Object.entries(block.blocks ?? {})) {
      if (nested.min && !present(name)) faults.push(`${path} lacks its required block ${name}.`);
    }
  }

  function argument(block: Block, name: string, value: unknown, path: string): void {
    const attribute = own(block.attributes, name);
    const nested = own(block.blocks, name);
    if (attribute) assigned(attribute, name, value, path);
    else if (nested) nestedBlocks(nested, name, value, path);
    else faults.push(`${path} has no argument ${name} at ${version}.`);
  }

  function assigned(attribute: Attribute, name: string, value: unknown, path: string): void {
    const isId = name === "id" && path === type && !type.startsWith("data.");
    if (isId || !(attribute.required || attribute.optional)) {
      faults.push(`${path}.${name} is computed: it can be read, not set.`);
    } else if (!fits(attribute.type, value)) {
      faults.push(
        `${path}.${name} is an argument of type ${attribute.type}, but ${shapeOf(value)} was given.`,
      );
    }
    references(value, `${path}.${name}`);
  }

  function nestedBlocks(nested: Block, name: string, value: unknown, path: string): void {
    const items = Array.isArray(value) ? value : [value];
    const max = nested.nesting === "single" ? 1 : nested.max;
    if (max !== undefined && items.length > max) {
      faults.push(`${path} takes at most ${max} ${name}, but ${items.length} were given.`);
    }
    if (nested.min && items.length < nested.min) {
      faults.push(`${path} needs at least ${nested.min} ${name}, but ${items.length} were given.`);
    }
    for (const item of items) {
      if (isPlain(item)) visit(nested, item, `${path}.${name}`);
      else faults.push(`${path}.${name} is a block, but ${shapeOf(item)} was given.`);
    }
  }

  function dynamicBlock(block: Block, name: string, value: unknown, path: string): void {
    const nested = own(block.blocks, name);
    if (!nested) {
      faults.push(`${path} has no block ${name} at ${version}.`);
      return;
    }
    for (const item of Array.isArray(value) ? value : [value]) {
      const { for_each: forEach, content } = isPlain(item) ? item : {};
      if (!isPlain(content) || forEach === undefined) {
        faults.push(`${path}: the dynamic block ${name} needs for_each and content.`);
        continue;
      }
      references(forEach, `${path}.${name}`);
      visit(nested, content, `${path}.${name}`);
    }
  }

  function references(value: unknown, path: string): void {
    if (Array.isArray(value)) for (const item of value) references(item, path);
    else if (isPlain(value)) for (const item of Object.values(value)) references(item, path);
    else {
      for (const address of referencesIn(value)) {
        const fault = checkReference(schema, address);
        if (fault) faults.push(`${path}: ${fault}`);
      }
    }
  }
}

/** Judges what is certainly wrong: a list for a string, a number for a switch. */
function fits(type: string, value: unknown): boolean {
  if (Array.isArray(value)) return /^(list|set)\(/.test(type);
  if (isPlain(value)) return /^(map|object)\(/.test(type);
  if (typeof value === "number") return type === "number" || type === "string";
  if (typeof value === "boolean") return type === "bool" || type === "string";
  return true;
}

function shapeOf(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (isPlain(value)) return "an object";
  return `a value (${typeof value})`;
}

function isPlain(value: unknown): value is Body {
  if (value === null || typeof value !== "object") return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
