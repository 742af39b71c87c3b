/** A value that the provider or AWS takes where the configuration does not give one. */
export interface ProviderDefault {
  readonly value: string | number | boolean;
  /** Who decides it, in a sentence's end: `the default of AWS`. */
  readonly by: string;
  /** Where the default is documented. */
  readonly source: string;
}

const EBS_SOURCE = "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/ebs_volume";

/**
 * Defaults by resource type and attribute path. A plan leaves them out: they are known only after the apply. An attribute
 * that is not listed has no known default, so the resource is unknown where it decides a price.
 */
export const providerDefaults: Readonly<Record<string, Readonly<Record<string, ProviderDefault>>>> = {
  aws_ebs_volume: {
    type: { value: "gp2", by: "the default of AWS", source: EBS_SOURCE },
  },
};

/** The default of an attribute; `null` where none is known. */
export function providerDefault(type: string, path: string): ProviderDefault | null {
  const ofType = Object.hasOwn(providerDefaults, type) ? providerDefaults[type] : undefined;
  return ofType !== undefined && Object.hasOwn(ofType, path) ? (ofType[path] ?? null) : null;
}
