import { bodyOf, rowsOf, withRow } from "../synthesis/body.ts";
import { isExpression } from "../synthesis/expression.ts";
import { referencesIn } from "../synthesis/references.ts";
import { qualifiedType, type Resource } from "../synthesis/resource.ts";
import type { Body } from "./block-body.ts";
import { type Attribute, type Block, lookUp, own, type ProviderSchema, typeOf } from "./schema.ts";

/** What a version of the provider would refuse in a resource, a sentence each. Each row of its table is checked. */
export const checkResource = (schema: ProviderSchema, resource: Resource): readonly string[] =>
  rowsOf(resource).flatMap((row) => {
    const type = qualifiedType(row);
    return checkBlock(schema, type, bodyOf(row, typeOf(schema, type)));
  });

/**
 * What is wrong with the arguments of a resource or data source by the provider's schema, a sentence each. Blocks are
 * objects, lists of objects, or an expression for each element of an iteration. Reported are unknown, computed, missing and
 * misshapen arguments, too few or too many blocks, and references to attributes that do not exist. Values of the right
 * shape are not checked: the schema does not say which are allowed.
 * @param type `aws_s3_bucket` or `data.aws_region`
 */
export function checkBlock(schema: ProviderSchema, type: string, body: Body): readonly string[] {
  const faults: string[] = [];
  const version = `hashicorp/aws ${schema.version}`;
  visit(typeOf(schema, type), body, type);
  return faults;

  function visit(block: Block, body: Body, path: string): void {
    for (const [name, value] of Object.entries(body)) {
      if (value === undefined || value === null) continue;
      const attribute = own(block.attributes, name);
      const nested = own(block.blocks, name);
      if (attribute) checkAttribute(attribute, value, path, name);
      else if (nested) checkBlocks(nested, value, `${path}.${name}`, path, name);
      else faults.push(`${path} has no argument ${name} at ${version}.`);
    }
    const isMissing = (name: string) => (own(body, name) ?? null) === null;
    for (const [name, { required }] of Object.entries(block.attributes)) {
      if (required && isMissing(name)) faults.push(`${path} lacks its required argument ${name}.`);
    }
    for (const [name, { min }] of Object.entries(block.blocks ?? {})) {
      if (min && isMissing(name)) faults.push(`${path} lacks its required block ${name}.`);
    }
  }

  function checkAttribute(attribute: Attribute, value: unknown, path: string, name: string): void {
    const isId = name === "id" && path === type && !type.startsWith("data.");
    if (isId || !(attribute.required || attribute.optional)) {
      faults.push(`${path}.${name} is computed: it can be read, not set.`);
    } else if (!fits(attribute.type, value)) {
      faults.push(
        `${path}.${name} is an argument of type ${attribute.type}, but its value is ${shapeOf(value)}.`,
      );
    }
    for (const address of referencesIn(value)) {
      const fault = checkReference(schema, address);
      if (fault !== null) faults.push(`${path}.${name}: ${fault}`);
    }
  }

  function checkBlocks(nested: Block, value: unknown, path: string, parent: string, name: string): void {
    const { node } = isExpression(value) ? value : { node: null };
    if (node?.kind === "for") {
      const rows = node.each.rows === null ? [node.value] : Object.values(node.each.rows);
      for (const row of rows) visit(nested, withRow(node.value, node.each, row as Body) as Body, path);
      return;
    }
    const blocks = Array.isArray(value) ? value : [value];
    const max = nested.nesting === "single" ? 1 : nested.max;
    if (max !== undefined && blocks.length > max) {
      faults.push(`${parent} takes at most ${max} ${name}, but has ${blocks.length}.`);
    }
    if (nested.min && blocks.length < nested.min) {
      faults.push(`${parent} needs at least ${nested.min} ${name}, but has ${blocks.length}.`);
    }
    for (const one of blocks) {
      if (isPlain(one)) visit(nested, one, path);
      else faults.push(`${path} is a block, but its value is ${shapeOf(one)}.`);
    }
  }
}

/** What is wrong with a reference such as `aws_s3_bucket.data.arn`; `null` where nothing is. */
export function checkReference(schema: ProviderSchema, address: string): string | null {
  const [, type = "", name = ""] = /^((?:data\.)?\w+)\.\w+\.(\w+)$/.exec(address) ?? [];
  const block = lookUp(schema, type);
  const version = `hashicorp/aws ${schema.version}`;
  if (block === undefined) return `${address} refers to ${type}, which has no schema for ${version}.`;
  if (own(block.attributes, name) ?? own(block.blocks, name)) return null;
  return `${address} refers to ${name}, which ${type} does not have at ${version}.`;
}

/** Only what is certainly wrong does not fit: a list for a string, a number for a boolean. */
function fits(type: string, value: unknown): boolean {
  if (Array.isArray(value)) return /^(list|set)\(/.test(type);
  if (isPlain(value)) return /^(map|object)\(/.test(type);
  if (typeof value === "number") return type === "number" || type === "string";
  if (typeof value === "boolean") return type === "bool" || type === "string";
  return true;
}

function shapeOf(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  return isPlain(value) ? "an object" : `a ${typeof value}`;
}

function isPlain(value: unknown): value is Body {
  if (value === null || typeof value !== "object") return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
