import type { Group } from "./symbol.ts";

/** A resource or data source as `infra/` asked for it: Terraform's type, Pulumi's argument names. */
export interface Resource {
  readonly mode: "resource" | "data";
  readonly type: string;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** `null`: it always exists, once. */
  readonly group: Group | null;
  readonly part: string;
  /** Sentences above it. */
  readonly notes: readonly string[];
  readonly dependsOn: readonly Resource[];
  /** `aws.us_east_1`; `null` for the default provider. */
  readonly provider: string | null;
  readonly lifecycle: Lifecycle;
}

export interface Lifecycle {
  readonly createBeforeDestroy?: true;
  /** Arguments, by Pulumi's names, that a later plan leaves as they are. */
  readonly ignoreChanges?: readonly string[];
}

export const address = ({ mode, type, name }: Pick<Resource, "mode" | "type" | "name">) =>
  mode === "data" ? `data.${type}.${name}` : `${type}.${name}`;
