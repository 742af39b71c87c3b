export type Properties = Readonly<Record<string, unknown>>;

/** A resource as it was registered. */
export interface RegisteredResource {
  readonly type: string;
  readonly name: string;
  /** Resolved. Attributes that only AWS decides are references (see `reference`). */
  readonly inputs: Properties;
  /** The name of its provider; null for the default one. */
  readonly provider: string | null;
  readonly retainOnDelete: boolean;
}

/** A function that SST bundles, or watches in dev mode. */
export interface FunctionBuild {
  readonly functionID: string;
  readonly handler: string;
  readonly dev: boolean;
  readonly copyFiles: readonly { readonly from: string; readonly to: string }[];
}

/** The resources that sst.config.ts registers, and the functions that SST builds for it, by name. */
export interface EvaluatedStack {
  readonly resources: readonly RegisteredResource[];
  readonly functions: Readonly<Record<string, FunctionBuild>>;
  /** The names of the outputs. */
  readonly outputs: readonly string[];
}

/** Where both renderings are evaluated. */
export const PLACE = { region: "eu-central-1", accountId: "123456789012", partition: "aws" } as const;

/** An attribute of a resource: `{{kms.Key|signing-a|arn}}`. */
export const reference = (type: string, name: string, attribute: string) =>
  `{{${type.replace(/^aws:(\w+)\/.*:/, "$1.")}|${name}|${attribute}}}`;

/** References with the names that `nameOf` gives them. An ARN contains its reference, because SST takes ARNs apart. */
export const withReferences = (
  json: string,
  nameOf: (type: string, name: string, attribute: string) => string,
) =>
  json.replace(/(?:arn:aws:[^{"\s]*)?\{\{([^|]+)\|([^|]+)\|([^|}]+)\}\}/g, (_, type, name, attribute) =>
    nameOf(type, name, attribute),
  );
