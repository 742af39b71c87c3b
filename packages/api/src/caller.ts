import type { Owner } from "@dapanoskop/plans";
import { ApiProblem, badRequest } from "./api-problem.ts";

/** What a token permits: `plans` is the scope of CI, which uploads and reads plans and drift and nothing else. */
export const scopes = ["read", "write", "plans"] as const;
export type Scope = (typeof scopes)[number];

/** Who sent a request, as verified. */
export interface Caller {
  /** For approvals: `user:SUB`, `client:ID` or `local`. */
  readonly subject: Owner;
  /** What the caller may name as owner. The first one is used where a request names none. */
  readonly owners: readonly [CallerOwner, ...CallerOwner[]];
  readonly scopes: ReadonlySet<Scope>;
}

export interface CallerOwner {
  /** As a request names it: `user:SUB`, `group:NAME`. */
  readonly name: string;
  /** As keys have it. */
  readonly owner: Owner;
}

/**
 * Verifies who sent a request. @throws ApiProblem `unauthenticated`, or `unavailable` where it could not be decided
 */
export type Authenticate = (request: Request) => Promise<Caller>;

/** @throws ApiProblem `forbidden` */
export function checkScope(caller: Caller, permitted: readonly Scope[]): void {
  if (permitted.some((scope) => caller.scopes.has(scope))) return;
  throw new ApiProblem(
    "forbidden",
    `The token has none of the scopes that this takes: ${permitted.map((scope) => `dapanoskop/${scope}`).join(", ")}.`,
  );
}

/** The owner that a request names, or the caller's first one. @throws ApiProblem `forbidden`, `bad_request` */
export function ownerOf(caller: Caller, named: string | undefined): Owner {
  if (named === undefined) return caller.owners[0].owner;
  const found = caller.owners.find(({ name }) => name === named);
  if (found !== undefined) return found.owner;
  if (!/^(user|group|client):.{1,200}$/su.test(named)) {
    throw badRequest("owner takes group:NAME, a group that your token proves, or your own user:ID.");
  }
  throw new ApiProblem("forbidden", "Your token does not prove that you may act for this owner.");
}
