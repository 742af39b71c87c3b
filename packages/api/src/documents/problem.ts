import * as v from "valibot";

/** Every `error` that the API answers with, and its status. */
export const problemStatus = {
  bad_request: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  too_large: 413,
  unsupported_media_type: 415,
  unsupported_format: 422,
  too_deep: 422,
  unknown_region: 422,
  too_many_requests: 429,
  internal: 500,
  unavailable: 503,
} as const;

export type ProblemCode = keyof typeof problemStatus;

/** The body of every answer that is not a success. */
export const problemDocument = v.object({
  error: v.picklist([
    "bad_request",
    "unauthenticated",
    "forbidden",
    "not_found",
    "method_not_allowed",
    "conflict",
    "too_large",
    "unsupported_media_type",
    "unsupported_format",
    "too_deep",
    "unknown_region",
    "too_many_requests",
    "internal",
    "unavailable",
  ] satisfies ProblemCode[]),
  /** A sentence for a person: what failed, and what to do. */
  message: v.string(),
});

export type ProblemDocument = v.InferOutput<typeof problemDocument>;
