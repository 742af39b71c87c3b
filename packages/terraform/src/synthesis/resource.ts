import type { Group } from "./expression.ts";

/** A resource or data source as `infra/` declared it: Terraform's type, Pulumi's argument names. */
export interface Resource {
  readonly mode: "resource" | "data";
  readonly type: string;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** `null`: it always exists, once. */
  readonly group: Group | null;
  readonly subsystem: string;
  /** Comments above it. */
  readonly comments: readonly string[];
  /** Local values that are declared above it. */
  readonly locals: readonly LocalValue[];
  readonly dependsOn: readonly Resource[];
  /** `aws.us_east_1`; `null` for the default provider. */
  readonly provider: string | null;
  readonly lifecycle: Lifecycle;
}

export interface LocalValue {
  readonly name: string;
  readonly value: unknown;
}

export interface Lifecycle {
  readonly createBeforeDestroy?: true;
  /** Arguments, by Pulumi's names, that a later plan leaves unchanged. */
  readonly ignoreChanges?: readonly string[];
}

/** `aws_s3_bucket.data`, `data.aws_region.current`. */
export const address = (resource: Pick<Resource, "mode" | "type" | "name">) =>
  `${qualifiedType(resource)}.${resource.name}`;

/** `aws_s3_bucket`, `data.aws_region`: the name of the type in the provider's schema. */
export const qualifiedType = ({ mode, type }: Pick<Resource, "mode" | "type">) =>
  mode === "data" ? `data.${type}` : type;
