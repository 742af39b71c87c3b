import { isExpression } from "./expression.ts";
import { address } from "./resource.ts";

/** The attributes that a value refers to, as `aws_s3_bucket.data.arn`, without the index of an instance. */
export function* referencesIn(value: unknown): Generator<string> {
  if (isExpression(value)) {
    const { node } = value;
    if (node.kind === "attribute") yield `${address(node.of)}.${node.name}`;
    else if (node.kind === "code") yield* node.code.match(/(?:data\.)?aws_\w+\.\w+\.\w+/g) ?? [];
    else yield* referencesIn(Object.values(node));
  } else if (typeof value === "object" && value !== null) {
    for (const one of Object.values(value)) yield* referencesIn(one);
  }
}
