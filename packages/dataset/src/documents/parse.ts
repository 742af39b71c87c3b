import * as v from "valibot";
import { SCHEMA } from "./schema-parts.ts";

/** A published document could not be read: which one, and why. */
export class ArtifactError extends Error {
  readonly reason: "corrupt" | "newer-schema";
  readonly key: string;

  constructor(reason: "corrupt" | "newer-schema", key: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "ArtifactError";
    this.reason = reason;
    this.key = key;
  }
}

/**
 * Parses a published JSON document.
 * @throws ArtifactError when it is not JSON, not of the schema, or written by a newer version
 */
export function parseDocument<S extends v.GenericSchema>(
  schema: S,
  key: string,
  bytes: Uint8Array,
): v.InferOutput<S> {
  const json = parseJson(key, bytes);
  const written = (json as { schema?: unknown } | null)?.schema;
  if (typeof written === "number" && written > SCHEMA) {
    throw new ArtifactError(
      "newer-schema",
      key,
      `${key} was written with schema ${written}, and this version reads up to ${SCHEMA}. Upgrade dapanoskop; nothing was changed.`,
    );
  }
  const parsed = v.safeParse(schema, json);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const where = v.getDotPath(issue) ?? "the document";
  const what = issue.received === "undefined" ? " is missing" : `: ${issue.message.slice(0, 200)}`;
  throw new ArtifactError("corrupt", key, `${key} is not as published: ${where}${what}`);
}

/** The bytes of a published document: the same value always gives the same bytes. */
export function renderDocument(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
}

function parseJson(key: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new ArtifactError(
      "corrupt",
      key,
      `${key} is not JSON: it was changed or cut after it was published.`,
      {
        cause,
      },
    );
  }
}
