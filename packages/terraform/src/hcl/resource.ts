import { argumentFor } from "../provider/arguments.ts";
import type { Body } from "../provider/check.ts";
import { type Block, own } from "../provider/schema.ts";
import { bodyOf } from "../symbols/body.ts";
import { address, type Resource } from "../symbols/resource.ts";
import type { Group } from "../symbols/symbol.ts";
import type { Item } from "./layout.ts";
import { quoted } from "./text.ts";
import { expression, OUTSIDE, type Place } from "./value.ts";

const BLANK: Item = { kind: "blank" };
const attribute = (name: string, value: string): Item => ({ kind: "attribute", name, value });

/** A resource as a block of the module, what is noted of it above. */
export function resourceItems(resource: Resource, schema: Block): readonly Item[] {
  const place: Place = { group: resource.group, loops: new Map() };
  const sections = [
    meta(resource),
    ...bodySections(bodyOf(resource, schema), schema, place),
    lifecycle(resource, schema),
    resource.dependsOn.length === 0
      ? []
      : [attribute("depends_on", `[${resource.dependsOn.map(address).join(", ")}]`)],
  ];
  const head = `${resource.mode} ${quoted(resource.type)} ${quoted(resource.name)}`;
  return [
    ...resource.notes.map((text): Item => ({ kind: "comment", text })),
    { kind: "block", head, body: apart(sections) },
  ];
}

/** Sections with a blank line between them. */
export function apart(sections: readonly (readonly Item[])[]): readonly Item[] {
  return sections
    .filter((section) => section.length > 0)
    .flatMap((section, at) => (at === 0 ? section : [BLANK, ...section]));
}

function meta({ group, provider }: Resource): readonly Item[] {
  return [
    ...(group === null ? [] : [repetition(group)]),
    ...(provider === null ? [] : [attribute("provider", provider)]),
  ];
}

function repetition(group: Group): Item {
  if (group.kind === "when") return attribute("count", `${expression(group.flag, OUTSIDE)} ? 1 : 0`);
  return attribute("for_each", expression(group.forEach, OUTSIDE));
}

/** Arguments first, as Terraform's own style has it, then each nested block. */
function bodySections(body: Body, schema: Block, place: Place): readonly (readonly Item[])[] {
  const entries = Object.entries(body);
  const attributes = entries
    .filter(([name]) => own(schema.attributes, name) !== undefined)
    .map(([name, value]) => attribute(name, expression(value, place)));
  const blocks = entries.flatMap(([name, value]): readonly (readonly Item[])[] => {
    const nested = own(schema.blocks, name);
    if (nested === undefined) return [];
    return (value as readonly Body[]).map((one) => [
      { kind: "block", head: name, body: apart(bodySections(one, nested, place)) },
    ]);
  });
  return [attributes, ...blocks];
}

function lifecycle({ type, lifecycle: kept }: Resource, schema: Block): readonly Item[] {
  const { createBeforeDestroy, ignoreChanges = [] } = kept;
  const ignored = ignoreChanges.map((given) => {
    const name = argumentFor(schema, given)?.name;
    if (name === undefined) throw new Error(`${type} has no argument that Pulumi calls ${given}.`);
    return name;
  });
  const body = [
    ...(createBeforeDestroy === undefined ? [] : [attribute("create_before_destroy", "true")]),
    ...(ignored.length === 0 ? [] : [attribute("ignore_changes", `[${ignored.join(", ")}]`)]),
  ];
  return body.length === 0 ? [] : [{ kind: "block", head: "lifecycle", body }];
}
