import { readFileSync } from "node:fs";
import { parseMoney } from "@dapanoskop/core/money";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryOf, hostileValues, type JsonSchema } from "./testing/arbitrary-json.ts";
import { aPlan, type TestApi, testApi } from "./testing/index.ts";

// Requests are made from the OpenAPI file alone, as somebody who has nothing else would make them.

interface OpenApiOperation {
  readonly operationId: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly in: "path" | "query";
    readonly required: boolean;
    readonly schema: JsonSchema;
  }[];
  readonly requestBody?: {
    readonly content: { readonly "application/json": { readonly schema: JsonSchema } };
  };
  readonly responses: Readonly<
    Record<
      string,
      {
        readonly $ref?: string;
        readonly content?: { readonly "application/json": { readonly schema: JsonSchema } };
      }
    >
  >;
}

interface OpenApiFile {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> };
}

const document: OpenApiFile = JSON.parse(readFileSync(new URL("../openapi.json", import.meta.url), "utf8"));
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
);

const resolve = (reference: string): JsonSchema => {
  const schema = document.components.schemas[reference.replace("#/components/schemas/", "")];
  if (schema === undefined) throw new Error(`There is no ${reference}.`);
  return schema;
};

const ajv = new Ajv2020({ strict: false, allErrors: true });
ajv.addSchema(JSON.parse(JSON.stringify(document)), "api");
const validate = (path: string, value: unknown): string | null =>
  ajv.validate({ $ref: `api#${path}` }, value) ? null : ajv.errorsText();
const pointer = (...parts: readonly string[]) =>
  parts.map((part) => `/${part.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

const USERS = ["alice", "bob", "carol"] as const;

interface FuzzRequest {
  readonly as: (typeof USERS)[number];
  readonly at: number;
  readonly values: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  /** Which known id is named in place of a made-up one; beyond all: none. */
  readonly known: number;
  readonly owner: string | null;
}

const isPlanBody = ({ requestBody }: OpenApiOperation) =>
  requestBody?.content["application/json"].schema.required?.includes("format_version") === true;

const requestOf = (at: number): fc.Arbitrary<FuzzRequest> => {
  const operation = operations[at]?.operation;
  if (operation === undefined) throw new Error("none");
  const parameters = operation.parameters.filter(({ name }) => name !== "owner");
  const values = fc.record(
    Object.fromEntries(
      parameters.map(({ name, schema }) => [
        name,
        fc.oneof(
          { weight: 12, arbitrary: arbitraryOf(schema, resolve) },
          { weight: 1, arbitrary: hostileValues },
        ),
      ]),
    ),
    {
      requiredKeys: parameters.filter(({ required }) => required).map(({ name }) => name),
      noNullPrototype: true,
    },
  );
  const schema = operation.requestBody?.content["application/json"].schema;
  const plan = fc.integer({ min: 1, max: 9 }).map((gigabytes) => aPlan({ gigabytes }));
  const valid =
    schema === undefined
      ? fc.constant(undefined)
      : isPlanBody(operation)
        ? plan
        : arbitraryOf(schema, resolve);
  const body =
    schema === undefined
      ? valid
      : fc.oneof({ weight: 6, arbitrary: valid }, { weight: 1, arbitrary: hostileValues });
  return fc.record({
    as: fc.constantFrom(...USERS),
    at: fc.constant(at),
    values,
    body,
    known: fc.nat({ max: 30 }),
    owner: fc.oneof(
      { weight: 5, arbitrary: fc.constant(null) },
      {
        weight: 1,
        arbitrary: fc.constantFrom("group:shared", "group:finance", "user:alice", "user:bob", "local", ""),
      },
    ),
  });
};

const requests = fc.array(fc.nat({ max: operations.length - 1 }).chain(requestOf), {
  minLength: 20,
  maxLength: 40,
});

/** Whatever a user names has the user's own word in it, so that another one's answer shows it. */
function marked(as: string, name: string, value: unknown): unknown {
  if (name === "project" && typeof value === "string" && /^[A-Za-z0-9]/.test(value)) return `mark-${as}`;
  if (name === "name" && typeof value === "string" && value !== "") return `mark-${as}`;
  if (name === "reason" && typeof value === "string") return `mark-${as}`;
  return value;
}

const markedBody = (as: string, body: unknown): unknown =>
  typeof body === "object" && body !== null && !Array.isArray(body) && !("format_version" in body)
    ? Object.fromEntries(Object.entries(body).map(([name, value]) => [name, marked(as, name, value)]))
    : body;

async function perform(api: TestApi, request: FuzzRequest, ids: string[]) {
  const one = operations[request.at];
  if (one === undefined) throw new Error("none");
  const { path, method, operation } = one;
  const query = new URLSearchParams();
  let address = path.replace(/^\/api/, "");
  for (const [name, value] of Object.entries(request.values)) {
    const id = request.known < 25 && ids.length > 0 ? ids[request.known % ids.length] : undefined;
    const isId = (name === "id" || name === "with") && id !== undefined;
    const text = String(isId ? id : (marked(request.as, name, value) ?? ""));
    if (address.includes(`{${name}}`))
      address = address.replace(`{${name}}`, encodeURIComponent(text) || "-");
    else query.set(name, text);
  }
  if (request.owner !== null) query.set("owner", request.owner);
  const target = `${address}${query.size === 0 ? "" : `?${query}`}`;
  const answer = await api.send(request.as, method, target, markedBody(request.as, request.body));
  return { path, method, operation, target, answer };
}

const callers = {
  alice: { groups: ["finance"] },
  bob: { groups: ["shared"] },
  carol: { groups: ["shared"] },
};

function idsIn(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) =>
    name === "id" && typeof one === "string" ? [one] : idsIn(one),
  );
}

/** Every user has something of each kind. @returns all ids */
async function prepared(api: TestApi): Promise<string[]> {
  const ids: string[] = [];
  for (const user of USERS) {
    const project = `mark-${user}`;
    const budget = { name: project, scope: { kind: "everything" }, limit: "1" };
    for (const [path, body] of [
      [`/plans?project=${project}`, aPlan()],
      [`/drift?project=${project}`, aPlan()],
      ["/drift/ignore-rules", { project, rule: "*: tags" }],
      ["/budgets", budget],
    ] as const) {
      const { status, body: created } = await api.send(user, "POST", path, body);
      expect(status).toBe(201);
      ids.push(...idsIn(created));
    }
  }
  return ids;
}

describe("the API, by requests made from its OpenAPI file", () => {
  it("fails nowhere, answers as it is described, and shows nobody what another one owns", async () => {
    const seen = new Map<string, Set<number>>();
    await fc.assert(
      fc.asyncProperty(requests, async (all) => {
        const api = testApi({ callers });
        api.answerQueries(async ({ window, groupBy }) => ({
          rows: [
            {
              day: window.start,
              keys: groupBy.map(() => null),
              cost: parseMoney("1.5", "USD"),
              quantity: null,
            },
          ],
          estimated: [],
        }));
        const ids = await prepared(api);
        for (const request of all) {
          const { path, method, operation, target, answer } = await perform(api, request, ids);
          const what = `${request.as}: ${method} ${target} → ${answer.status} ${answer.text.slice(0, 300)}`;
          expect(answer.status, what).toBeLessThan(500);
          const described = operation.responses[answer.status];
          expect(described, what).toBeDefined();
          const schema = described?.$ref === undefined ? described?.content : null;
          if (schema === null)
            expect(validate("/components/schemas/problemDocument", answer.body), what).toBeNull();
          else if (schema !== undefined) {
            const place = pointer(
              "paths",
              path,
              method.toLowerCase(),
              "responses",
              String(answer.status),
              "content",
              "application/json",
              "schema",
            );
            expect(validate(place, answer.body), what).toBeNull();
          }
          for (const other of USERS.filter((user) => user !== request.as)) {
            const isShared = request.owner === "group:shared" && request.as !== "alice" && other !== "alice";
            if (!isShared) expect(answer.text, what).not.toContain(`mark-${other}`);
          }
          expect(answer.headers.get("cache-control")).toBe("no-store");
          for (const id of idsIn(answer.body)) if (!ids.includes(id)) ids.push(id);
          seen.set(operation.operationId, (seen.get(operation.operationId) ?? new Set()).add(answer.status));
        }
        expect(api.failures).toEqual([]);
      }),
      { numRuns: 60, endOnFailure: true },
    );
    // The requests are not all refused: each operation succeeded at least once, or has nothing to succeed with.
    const succeeded = [...seen].filter(([, statuses]) => [...statuses].some((status) => status < 300));
    expect(succeeded.length).toBeGreaterThanOrEqual(operations.length - 10);
  });
});
