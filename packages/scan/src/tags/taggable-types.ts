import schema from "./schema/taggable-types.json" with { type: "json" };

/** The resource types of AWS that can have tags, and that the provider's default tags reach: of the provider's schema. */
export const taggableTypes: ReadonlySet<string> = new Set(schema.types);
