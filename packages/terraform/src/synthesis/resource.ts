import type { Resource } from "./expression.ts";

export type { Lifecycle, LocalValue, Resource } from "./expression.ts";

/** `aws_s3_bucket.data`, `data.aws_region.current`. */
export const address = (resource: Pick<Resource, "mode" | "type" | "name">) =>
  `${qualifiedType(resource)}.${resource.name}`;

/** `aws_s3_bucket`, `data.aws_region`: the name of the type in the provider's schema. */
export const qualifiedType = ({ mode, type }: Pick<Resource, "mode" | "type">) =>
  mode === "data" ? `data.${type}` : type;
