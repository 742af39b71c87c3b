import fc from "fast-check";

/** The part of JSON Schema that the OpenAPI file uses. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
}

/** Values that a schema accepts, as far as it says. @param resolve finds the schema of a `$ref` */
export function arbitraryOf(
  schema: JsonSchema,
  resolve: (reference: string) => JsonSchema,
): fc.Arbitrary<unknown> {
  const of = (one: JsonSchema) => arbitraryOf(one, resolve);
  if (schema.$ref !== undefined) return of(resolve(schema.$ref));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const several = schema.oneOf ?? schema.anyOf;
  if (several !== undefined) return fc.oneof(...several.map(of));
  switch (schema.type) {
    case "string":
      return text(schema);
    case "integer":
      return fc.integer({ min: schema.minimum ?? 0, max: Math.min(schema.maximum ?? 1_000, 1_000) });
    case "number":
      return fc
        .double({
          min: schema.minimum ?? schema.exclusiveMinimum ?? 0,
          max: schema.maximum ?? 1_000,
          noNaN: true,
        })
        .map((value) => Math.round(value * 100) / 100);
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array": {
      const { items = {}, minItems = 0, maxItems = 3 } = schema;
      return fc.array(of(items), {
        minLength: minItems,
        maxLength: Math.max(minItems, Math.min(maxItems, 3)),
      });
    }
    case "object": {
      const fields = Object.entries(schema.properties ?? {}).map(([name, one]) => [name, of(one)] as const);
      return fc.record(Object.fromEntries(fields), {
        requiredKeys: [...(schema.required ?? [])],
        noNullPrototype: true,
      });
    }
    default:
      return fc.jsonValue();
  }
}

function text({ pattern, minLength = 0, maxLength = 40 }: JsonSchema): fc.Arbitrary<string> {
  if (pattern === undefined) return fc.string({ minLength, maxLength: Math.min(maxLength, 40) });
  // fast-check makes no text for a look-ahead: the one of amounts.
  if (pattern.includes("(?=")) return fc.constantFrom("100.10", "1", "0.5", "999999999999999");
  return fc.stringMatching(new RegExp(pattern));
}

/** Values that a schema may refuse: any JSON, hostile texts, wrong types. */
export const hostileValues: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(
    "",
    "../../etc/passwd",
    "__proto__",
    "constructor",
    "\u0000",
    "\u202e",
    "x".repeat(5_000),
    "%00",
    "' OR 1=1 --",
    "user:alice",
    "group:finance",
    "local",
    -1,
    0,
    1e308,
    null,
    [],
    {},
  ),
);
