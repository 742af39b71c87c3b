/**
 * Checks a response's JSON against the service schema of the AWS SDK. A schema is a number for a simple type
 * (64 added for a list of it, 128 for a map), or a tuple: [1 list | 2 map | 3 structure, namespace, name, traits, …],
 * a structure with the names of its members, their schemas, and how many of the first ones are required.
 * @returns the problems as sentences; empty if the JSON is valid
 */
export function schemaProblems(schema: unknown, value: unknown, at = "answer"): readonly string[] {
  const resolved: unknown = typeof schema === "function" ? schema() : schema;
  if (typeof resolved === "number") return simpleProblems(resolved, value, at);
  if (!Array.isArray(resolved)) return [`${at}: the schema has an unknown kind`];
  const [kind, , , , ...rest] = resolved;
  switch (kind) {
    case 1:
      return Array.isArray(value)
        ? value.flatMap((item, index) => schemaProblems(rest[0], item, `${at}[${index}]`))
        : [`${at} is not a list`];
    case 2:
      return isObject(value)
        ? Object.entries(value).flatMap(([key, item]) => schemaProblems(rest[1], item, `${at}.${key}`))
        : [`${at} is not a map`];
    case 3:
    case -3:
      return structureProblems(rest, value, at);
    default:
      return [`${at}: the schema has an unknown kind`];
  }
}

function structureProblems([names, schemas, required = 0]: readonly unknown[], value: unknown, at: string) {
  if (!Array.isArray(names) || !Array.isArray(schemas)) return [`${at}: the schema has no members`];
  if (!isObject(value)) return [`${at} is not a structure`];
  const members = new Map(names.map((name, index): [unknown, unknown] => [name, schemas[index]]));
  const absent = names
    .slice(0, Number(required))
    .filter((name) => !Object.hasOwn(value, name))
    .map((name) => `${at}.${name} is required and absent`);
  const wrong = Object.entries(value).flatMap(([name, item]) =>
    members.has(name)
      ? schemaProblems(members.get(name), item, `${at}.${name}`)
      : [`${at}.${name} is not in the service's schema`],
  );
  return [...absent, ...wrong];
}

function simpleProblems(schema: number, value: unknown, at: string): readonly string[] {
  if (schema >= 128) {
    return isObject(value)
      ? Object.entries(value).flatMap(([key, item]) => simpleProblems(schema - 128, item, `${at}.${key}`))
      : [`${at} is not a map`];
  }
  if (schema >= 64) {
    return Array.isArray(value)
      ? value.flatMap((item, index) => simpleProblems(schema - 64, item, `${at}[${index}]`))
      : [`${at} is not a list`];
  }
  const expected = ["string", "number", "boolean"][schema];
  return typeof value === expected ? [] : [`${at} is a ${typeof value}, not a ${expected}`];
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
