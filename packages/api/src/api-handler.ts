import type { Instant } from "@dapanoskop/core/calendar";
import type { Runtime } from "@dapanoskop/core/runtime";
import { StateError } from "@dapanoskop/core/state";
import { StoreError } from "@dapanoskop/core/store";
import { ArtifactError } from "@dapanoskop/dataset";
import { securityHeaders } from "@dapanoskop/edge";
import { type Context, Hono } from "hono";
import * as v from "valibot";
import type { ApiContext } from "./api-context.ts";
import { ApiProblem, notFound } from "./api-problem.ts";
import { type Authenticate, checkScope, ownerOf } from "./caller.ts";
import { makeCursors } from "./cursor/cursors.ts";
import { readBody } from "./http/read-body.ts";
import { checkJsonType, parseBody, parseQuery } from "./http/read-json.ts";
import type { Route, RouteAnswer, RouteRequest } from "./route.ts";
import { routes } from "./routes/index.ts";

/** The path that every operation is below. */
export const API_BASE = "/api";

export interface ApiDependencies extends Omit<ApiContext, "cursors" | "runtime"> {
  readonly runtime: Pick<Runtime, "clock" | "random">;
  readonly authenticate: Authenticate;
  readonly log: ApiLog;
}

/** What a handler writes about a request. Nothing that was sent is in it: no token, no body, no name. */
export interface ApiLog {
  answered(line: AnsweredRequest): void;
  /** A failure of ours or of a dependency: the message of it may be anything. */
  failed(requestId: string, failure: unknown): void;
}

export interface AnsweredRequest {
  readonly requestId: string;
  /** `null`: no operation of the API was named. */
  readonly operation: string | null;
  readonly status: number;
  /** Why it is no success: the answer's code. */
  readonly error: string | null;
  /** Why a token was refused, for the log alone. */
  readonly reason: string | null;
}

/** Answers a request. It throws nothing. */
export type ApiHandler = (request: Request, requestId: string) => Promise<Response>;

/** The API over fetch's requests and responses: the same in `serve` and in AWS, which differ in their dependencies. */
export function apiHandler({ authenticate, log, ...dependencies }: ApiDependencies): ApiHandler {
  const { state, runtime } = dependencies;
  const api: ApiContext = { ...dependencies, cursors: makeCursors(state, runtime.random) };
  const app = new Hono<{ Bindings: { operation: string | null } }>({ strict: true }).basePath(API_BASE);
  for (const one of routes) {
    app.on(one.method, honoPath(one.path), async (context) => {
      context.env.operation = one.operation;
      return response(await perform(one, context, api, authenticate));
    });
  }
  for (const [path, methods] of methodsOf(routes)) {
    app.all(honoPath(path), () => {
      const refused = problemResponse(
        new ApiProblem("method_not_allowed", `This address takes ${methods.join(", ")}.`),
      );
      refused.headers.set("allow", methods.join(", "));
      return refused;
    });
  }
  app.notFound(() => problemResponse(notFound("address")));
  app.onError((error) => {
    throw error;
  });

  return async (request, requestId) => {
    const bindings = { operation: null };
    let answered: Response;
    let error: string | null = null;
    let reason: string | null = null;
    try {
      answered = await app.fetch(request, bindings);
    } catch (failure) {
      const problem = problemOf(failure);
      error = problem.code;
      reason = reasonOf(problem.cause);
      if (problem.status >= 500) log.failed(requestId, problem.cause ?? failure);
      answered = problemResponse(problem);
    }
    answered.headers.set("x-request-id", requestId);
    log.answered({ requestId, operation: bindings.operation, status: answered.status, error, reason });
    return answered;
  };
}

async function perform(
  { scopes, params, query, body, handle }: Route,
  context: Context,
  api: ApiContext,
  authenticate: Authenticate,
): Promise<RouteAnswer> {
  const request = context.req.raw;
  const caller = await authenticate(request);
  checkScope(caller, scopes);
  const { owner: named, ...parameters } = parseQuery(
    v.strictObject({ ...query, owner: v.optional(v.pipe(v.string(), v.maxLength(300))) }),
    new URL(request.url),
  );
  const owner = ownerOf(caller, typeof named === "string" ? named : undefined);
  const values = pathValues(context, params);
  const at: Instant = api.runtime.clock.now();
  const checked = {
    caller,
    owner,
    params: values,
    query: parameters,
    body: await bodyOf(body, request),
    at,
    api,
  };
  // `route` has made the handler for exactly these schemas.
  return handle(checked as RouteRequest<never, never>);
}

/** The values of a path, decoded. One that no id can be is answered as an id that does not exist. */
function pathValues(context: Context, params: Route["params"]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(params).map(([name, schema]) => {
      const parsed = v.safeParse(schema, context.req.param(name));
      if (!parsed.success) throw notFound("object");
      return [name, parsed.output];
    }),
  );
}

async function bodyOf(body: Route["body"], request: Request): Promise<unknown> {
  if (body.kind === "none") return null;
  checkJsonType(request, body.kind === "plan" ? ` ${MAKE_JSON}` : "");
  const bytes = await readBody(request, body.limit);
  return body.kind === "plan" ? bytes : parseBody(body.schema, bytes);
}

const MAKE_JSON = "Make JSON of a plan by: terraform show -json plan.bin > plan.json";

function problemOf(failure: unknown): ApiProblem {
  if (failure instanceof ApiProblem) return failure;
  if (failure instanceof StateError && failure.failure === "too-large") {
    return new ApiProblem(
      "too_large",
      "Something in this request needs a record of more than 300 kB, and a table keeps none. Nothing of it was recorded. Split the root module, or leave long values out of it.",
      { cause: failure },
    );
  }
  if (failure instanceof StateError || failure instanceof StoreError || failure instanceof ArtifactError) {
    return new ApiProblem(
      "unavailable",
      "What is kept or published could not be read or written. Try again in a minute.",
      {
        retryAfter: 60,
        cause: failure,
      },
    );
  }
  return new ApiProblem(
    "internal",
    "The request failed by a defect of Dapanoskop. The log has it, by the request's id.",
    {
      cause: failure,
    },
  );
}

/** The reason that the verifier of tokens gives to its refusals, in kebab case. */
function reasonOf(cause: unknown): string | null {
  const reason: unknown = cause instanceof Error ? Reflect.get(cause, "reason") : null;
  return typeof reason === "string" && /^[a-z-]{1,40}$/.test(reason) ? reason : null;
}

const headers = { ...securityHeaders, "content-type": "application/json", "cache-control": "no-store" };

function response({ status, body }: RouteAnswer): Response {
  if (body === null)
    return new Response(null, { status, headers: { ...securityHeaders, "cache-control": "no-store" } });
  return new Response(`${JSON.stringify(body)}\n`, { status, headers });
}

function problemResponse({ status, document, retryAfter }: ApiProblem): Response {
  const more: Record<string, string> = {};
  if (retryAfter !== null) more["retry-after"] = String(retryAfter);
  if (status === 401) more["www-authenticate"] = "Bearer";
  return new Response(`${JSON.stringify(document)}\n`, { status, headers: { ...headers, ...more } });
}

const honoPath = (path: string): string => path.replace(/\{(\w+)\}/g, ":$1");

function methodsOf(all: readonly Route[]): ReadonlyMap<string, readonly string[]> {
  const methods = new Map<string, string[]>();
  for (const { path, method } of all) methods.set(path, [...(methods.get(path) ?? []), method]);
  return methods;
}
