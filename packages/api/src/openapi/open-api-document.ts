import { toJsonSchema } from "@valibot/to-json-schema";
import type * as v from "valibot";
import * as documents from "../documents/index.ts";
import { type ProblemCode, problemStatus } from "../documents/index.ts";
import type { Route } from "../route.ts";

type OpenApiObject = { readonly [name: string]: unknown };

/** The OpenAPI 3.1 description of routes, whose dialect of JSON Schema is draft 2020-12. */
export function openApiDocument(routes: readonly Route[]): OpenApiObject {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = `/api${route.path}`;
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Dapanoskop",
      version: "1",
      description:
        "What plans do to the bill, what drifted, budgets and costs. Everything belongs to the owner that the access token proves.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    paths,
    components: {
      schemas: Object.fromEntries([...named].map(([schema, name]) => [name, jsonSchema(schema, name)])),
      responses: {
        problem: {
          description: "An error: a code, and a sentence.",
          content: { "application/json": { schema: reference("problemDocument") } },
        },
      },
      securitySchemes: {
        token: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "JWT",
          description:
            "An access token of the user pool with a scope of the resource server dapanoskop. In serve, which listens on loopback only, none is needed.",
        },
      },
    },
  };
}

/** Schemas that have a name stand once, among the components. */
const named: ReadonlyMap<v.GenericSchema, string> = new Map(
  Object.entries(documents).flatMap(([name, value]) =>
    typeof value === "object" && "kind" in value && value.kind === "schema" && value.type !== "string"
      ? [[value as v.GenericSchema, name] as const]
      : [],
  ),
);

function operation({
  operation: id,
  summary,
  scopes,
  params,
  query,
  body,
  answers,
  method,
}: Route): OpenApiObject {
  return {
    operationId: id,
    summary,
    description: `Takes one of the scopes ${scopes.map((scope) => `dapanoskop/${scope}`).join(", ")}.`,
    security: [{ token: [] }],
    parameters: [
      ...Object.entries(params).map(([name, schema]) => ({
        name,
        in: "path",
        required: true,
        schema: jsonSchema(schema),
      })),
      ...Object.entries(query).map(([name, schema]) => ({
        name,
        in: "query",
        required: schema.type !== "optional",
        schema: jsonSchema(schema),
      })),
      OWNER,
    ],
    ...(body.kind === "none" ? {} : { requestBody: requestBody(body) }),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, schema]) => [
          status,
          {
            description:
              status === "201" ? "It was created." : status === "204" ? "It is done." : "The answer.",
            ...(schema === null ? {} : { content: { "application/json": { schema: schemaOf(schema) } } }),
          },
        ]),
      ),
      ...Object.fromEntries(
        problemsOf(method, body.kind).map((code) => [
          problemStatus[code],
          { $ref: "#/components/responses/problem" },
        ]),
      ),
    },
  };
}

const OWNER = {
  name: "owner",
  in: "query",
  required: false,
  description: "group:NAME, a group that the token proves. By default the caller.",
  schema: { type: "string", maxLength: 300 },
};

const requestBody = (body: Exclude<Route["body"], { readonly kind: "none" }>): OpenApiObject => ({
  required: true,
  description:
    body.kind === "plan"
      ? `The output of terraform show -json, at most ${body.limit} bytes, plain or with content-encoding: gzip.`
      : `At most ${body.limit} bytes.`,
  content: {
    "application/json": {
      schema: body.kind === "plan" ? { type: "object", required: ["format_version"] } : schemaOf(body.schema),
    },
  },
});

function problemsOf(method: Route["method"], body: Route["body"]["kind"]): readonly ProblemCode[] {
  const always: readonly ProblemCode[] = [
    "bad_request",
    "unauthenticated",
    "forbidden",
    "not_found",
    "too_many_requests",
    "unavailable",
  ];
  if (body === "none") return method === "GET" ? always : [...always, "conflict"];
  const sent: readonly ProblemCode[] = [...always, "conflict", "too_large", "unsupported_media_type"];
  return body === "plan" ? [...sent, "unsupported_format"] : sent;
}

const reference = (name: string): OpenApiObject => ({ $ref: `#/components/schemas/${name}` });

function schemaOf(schema: v.GenericSchema): OpenApiObject {
  const name = named.get(schema);
  return name === undefined ? jsonSchema(schema) : reference(name);
}

/** What a client sends, and what it gets: schemas of answers transform nothing. */
function jsonSchema(schema: v.GenericSchema, own: string | null = null): OpenApiObject {
  const definitions = Object.fromEntries(
    [...named].filter(([, name]) => name !== own).map(([one, name]) => [name, one]),
  );
  const {
    $schema: _,
    $defs: __,
    ...json
  } = toJsonSchema(schema, {
    target: "draft-2020-12",
    typeMode: "input",
    errorMode: "ignore",
    definitions,
    overrideRef: ({ referenceId }) => `#/components/schemas/${referenceId}`,
  });
  return json;
}
