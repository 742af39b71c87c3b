import type { Instant } from "@dapanoskop/core/calendar";
import type { Owner } from "@dapanoskop/plans";
import type * as v from "valibot";
import type { ApiContext } from "./api-context.ts";
import type { Caller, Scope } from "./caller.ts";

/** One operation of the API: what the OpenAPI file says of it, and what it does. */
export interface Route {
  /** Its name in the OpenAPI file: `listPlans`. */
  readonly operation: string;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below `/api`, with parameters in braces: `/plans/{id}`. */
  readonly path: string;
  readonly summary: string;
  /** One of them is enough. */
  readonly scopes: readonly Scope[];
  /** The path's parameters. A value of another form is answered as one that does not exist. */
  readonly params: Readonly<Record<string, v.GenericSchema<unknown, string>>>;
  /** The query's parameters, without `owner`, which every route takes. */
  readonly query: QueryEntries;
  readonly body: RouteBody;
  /** The successful answers by status; `null`: without a body. */
  readonly answers: Readonly<Record<number, v.GenericSchema | null>>;
  handle(request: RouteRequest<never, never>): Promise<RouteAnswer>;
}

export type QueryEntries = Readonly<Record<string, v.GenericSchema<unknown, unknown>>>;

export type RouteBody =
  | { readonly kind: "none" }
  /** Checked by the schema. */
  | { readonly kind: "json"; readonly schema: v.GenericSchema; readonly limit: number }
  /** The JSON of a plan, as bytes: it is redacted before anything else is done with it. */
  | { readonly kind: "plan"; readonly limit: number };

/** A request that was verified and checked. */
export interface RouteRequest<Query, Body> {
  readonly caller: Caller;
  readonly owner: Owner;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
  readonly at: Instant;
  readonly api: ApiContext;
}

export interface RouteAnswer {
  readonly status: number;
  /** `null`: no body. */
  readonly body: unknown;
}

export const answer = (body: unknown, status = 200): RouteAnswer => ({ status, body });
export const done: RouteAnswer = { status: 204, body: null };

interface RouteOf<Query extends QueryEntries, Body extends RouteBody>
  extends Omit<Route, "handle" | "query" | "body" | "params"> {
  readonly params?: Route["params"];
  readonly query?: Query;
  readonly body?: Body;
  handle(request: RouteRequest<QueryOf<Query>, BodyOf<Body>>): Promise<RouteAnswer>;
}

type QueryOf<Entries extends QueryEntries> = {
  readonly [Name in keyof Entries]: v.InferOutput<Entries[Name]>;
};

type BodyOf<Body extends RouteBody> = Body extends { readonly schema: infer Schema extends v.GenericSchema }
  ? v.InferOutput<Schema>
  : Body extends { readonly kind: "plan" }
    ? Uint8Array
    : null;

/** A route whose handler gets its query and body by their schemas' types. */
export function route<
  Query extends QueryEntries = Record<never, never>,
  Body extends RouteBody = { readonly kind: "none" },
>(definition: RouteOf<Query, Body>): Route {
  const { params = {}, query = {}, body = { kind: "none" } as const, ...others } = definition;
  // The application passes to each handler what the schemas of its own route gave.
  return { ...others, params, query, body } as Route;
}
