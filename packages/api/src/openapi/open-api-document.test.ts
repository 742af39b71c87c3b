import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { routes } from "../routes/index.ts";
import { openApiDocument } from "./open-api-document.ts";

const file = new URL("../../openapi.json", import.meta.url);

/** Every object below a value. */
function objectsIn(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (typeof value !== "object" || value === null) return [];
  return [value as Record<string, unknown>, ...Object.values(value).flatMap(objectsIn)];
}

describe("the OpenAPI file", () => {
  it("is what the routes and their schemas say: npm run openapi writes it", async () => {
    const written = JSON.parse(await readFile(file, "utf8"));
    expect(written).toEqual(JSON.parse(JSON.stringify(openApiDocument(routes))));
  });

  it("names each operation once, and has at least 15", () => {
    const names = routes.map(({ operation }) => operation);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(15);
    const addresses = routes.map(({ method, path }) => `${method} ${path}`);
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  it("refers to components that it has", async () => {
    const document = JSON.parse(await readFile(file, "utf8"));
    const references = objectsIn(document).flatMap(({ $ref }) => (typeof $ref === "string" ? [$ref] : []));
    expect(references.length).toBeGreaterThan(routes.length);
    for (const reference of new Set(references)) {
      const [, ...path] = reference.split("/");
      expect(
        path.reduce((found, name) => found?.[name], document),
        reference,
      ).toBeDefined();
    }
  });
});
