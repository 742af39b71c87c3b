import { address } from "./resource.ts";
import { isSym, type Node } from "./symbol.ts";

/** The attributes that a value refers to, as `aws_s3_bucket.data.arn`; whatever repetition or condition stands between. */
export function* referencesIn(value: unknown): Generator<string> {
  if (isSym(value)) yield* inNode(value.node);
  else if (Array.isArray(value)) for (const one of value) yield* referencesIn(one);
  else if (typeof value === "object" && value !== null) {
    for (const one of Object.values(value)) yield* referencesIn(one);
  }
}

function* inNode(node: Node): Generator<string> {
  switch (node.kind) {
    case "attribute":
      yield `${address(node.of)}.${node.name}`;
      return;
    case "code":
      yield* inCode(node.code);
      return;
    case "template":
      yield* referencesIn(node.parts);
      return;
    case "call":
      yield* referencesIn(node.args);
      return;
    case "operation":
      yield* referencesIn(node.operands);
      return;
    case "conditional":
      yield* referencesIn([node.flag, node.yes, node.no]);
      return;
    case "for":
      yield* referencesIn([node.group.names, node.value]);
      return;
    case "element":
      yield* referencesIn(node.list);
      return;
    case "key":
      yield* referencesIn(node.group.names);
  }
}

function* inCode(code: string): Generator<string> {
  for (const [found] of code.matchAll(/(?:data\.)?aws_\w+\.\w+\.\w+/g)) yield found;
}
