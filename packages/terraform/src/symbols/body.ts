import { argumentFor } from "../provider/arguments.ts";
import type { Body } from "../provider/check.ts";
import type { Block } from "../provider/schema.ts";
import type { Resource } from "./resource.ts";
import { isSym } from "./symbol.ts";
import { argumentNames } from "./types.ts";

/**
 * A resource's arguments under Terraform's names, blocks as lists of bodies, values untouched.
 * @throws Error when an argument is none of Terraform's
 */
export const bodyOf = ({ type, args }: Resource, schema: Block): Body => named(type, args, schema);

function named(path: string, args: Readonly<Record<string, unknown>>, schema: Block): Body {
  const body: Record<string, unknown> = {};
  for (const [given, value] of Object.entries(args)) {
    if (value === undefined) continue;
    const told = argumentNames.get(`${path}.${given}`);
    if (told !== undefined) {
      body[told] = value;
      continue;
    }
    const argument = argumentFor(schema, given);
    if (argument === undefined) throw new Error(`${path} has no argument that Pulumi calls ${given}.`);
    body[argument.name] =
      "attribute" in argument ? value : blocks(value, `${path}.${argument.name}`, argument.block);
  }
  return body;
}

function blocks(value: unknown, path: string, schema: Block): readonly Body[] {
  if (isSym(value)) throw new Error(`${path} is a block: whether it is there cannot depend on an input.`);
  const all = (Array.isArray(value) ? value : [value]) as readonly Readonly<Record<string, unknown>>[];
  return all.map((one) => named(path, one, schema));
}
