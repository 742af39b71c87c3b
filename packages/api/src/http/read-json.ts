import { decodeUtf8, parseStrictJson, quoted } from "@dapanoskop/core/text";
import * as v from "valibot";
import { ApiProblem, badRequest } from "../api-problem.ts";

const JSON_TYPE = /^application\/json *(; *charset="?utf-8"? *)?$/i;

/** @throws ApiProblem `unsupported_media_type` @param hint ends the sentence */
export function checkJsonType(request: Request, hint = ""): void {
  if (JSON_TYPE.test(request.headers.get("content-type") ?? "")) return;
  throw new ApiProblem("unsupported_media_type", `The content-type must be application/json.${hint}`);
}

/** @throws ApiProblem `bad_request`: not JSON, an object with a key twice, or another form than the schema's */
export function parseBody<Output>(schema: v.GenericSchema<unknown, Output>, body: Uint8Array): Output {
  let value: unknown;
  try {
    value = parseStrictJson(decodeUtf8(body));
  } catch (cause) {
    throw new ApiProblem(
      "bad_request",
      "The body is not JSON in UTF-8, or an object in it has a key twice.",
      {
        cause,
      },
    );
  }
  // Every body is an object. A list of one would be read as an object whose fields are those of every list: `filter` is one.
  if (Array.isArray(value)) throw otherForm("The body");
  return parsed(schema, value, "The body");
}

const otherForm = (what: string) =>
  badRequest(`${what} has another form than it must have. The OpenAPI file describes it.`);

/** The parameters of a query string, each at most once. @throws ApiProblem `bad_request` */
export function parseQuery<Output>(schema: v.GenericSchema<unknown, Output>, url: URL): Output {
  const values = new Map<string, string>();
  for (const [name, value] of url.searchParams) {
    if (values.has(name)) throw badRequest(`The parameter ${quoted(name, 40)} is given twice.`);
    values.set(name, value);
  }
  return parsed(schema, Object.fromEntries(values), "The address");
}

function parsed<Output>(schema: v.GenericSchema<unknown, Output>, value: unknown, what: string): Output {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = v.getDotPath(issue);
  if (path === null) throw otherForm(what);
  throw badRequest(
    `${what} is wrong at ${quoted(path, 80)}: it takes ${expectation(issue)}. The OpenAPI file describes it.`,
  );
}

/** What a schema expects. The value that was sent is not repeated. */
function expectation({ expected, requirement }: v.BaseIssue<unknown>): string {
  if (requirement instanceof RegExp) return `a text like ${requirement.source}`;
  return expected === null
    ? "another value"
    : expected === "never"
      ? "nothing: the name is unknown"
      : quoted(expected, 120);
}
