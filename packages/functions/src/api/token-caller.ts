import {
  ApiProblem,
  type Authenticate,
  type Caller,
  type CallerOwner,
  type Scope,
  scopes,
} from "@dapanoskop/api";
import { ownerNamed } from "@dapanoskop/plans";
import type { JwksCache } from "aws-jwt-verify/jwk";
import type { SessionSettings } from "../session/settings.ts";
import {
  accessSchema,
  checkGroups,
  checkTimes,
  checkTokenShape,
  Refused,
  type SignatureCheck,
  signatureCheck,
  Unavailable,
  verifiedClaims,
} from "../tokens/index.ts";

/** Between iat and exp, in seconds: of the page's client, whose tokens are valid for 5 minutes. */
const LONGEST_LIFE = 15 * 60;
/** Of a client of CI: Cognito's own default for new clients. */
const LONGEST_CI_LIFE = 60 * 60;

const SCOPE_PREFIX = "dapanoskop/";
/** A scope of the resource server `dapanoskop-group` proves that a client of CI acts for the group of that name. */
const GROUP_SCOPE_PREFIX = "dapanoskop-group/";

type ApiSettings = Pick<SessionSettings, "issuers" | "clientId" | "allowedGroups" | "apiCiClientIds">;

/**
 * Who sent a request, by the access token in its Authorization header, which is verified as the session verifies tokens:
 * signature, issuer and expiry by aws-jwt-verify, shape, use, client, life and groups here. What cannot be verified is refused.
 *
 * - A person owns `user:SUB` and `group:NAME` for each of the token's groups.
 * - A client of CI (client credentials: its subject is the client itself) owns `client:ID`, and before it `group:NAME` for each
 *   scope `dapanoskop-group/NAME`, so that its plans belong to people too.
 */
export function tokenCaller(
  settings: () => Promise<ApiSettings>,
  keys: JwksCache,
  now: () => number,
): Authenticate {
  const checks = new WeakMap<ApiSettings, SignatureCheck>();
  return async (request) => {
    try {
      const token = bearerToken(request.headers.get("authorization"));
      checkTokenShape(token, "access");
      const current = await settings().catch(noSettings);
      const check = checks.get(current) ?? signatureCheck(current.issuers, keys);
      checks.set(current, check);
      const claims = await verifiedClaims(accessSchema, token, "access", check);
      return await callerOf(claims, current, Math.floor(now() / 1_000));
    } catch (failure) {
      throw problemOf(failure);
    }
  };
}

function noSettings(cause: unknown): never {
  if (cause instanceof Unavailable) throw cause;
  throw new Unavailable("no-settings", "The settings that tokens are verified by were not read.", { cause });
}

function bearerToken(header: string | null): string {
  if (header === null) throw new Refused("no-token", "There is no Authorization header.");
  const token = /^Bearer (\S+)$/i.exec(header)?.[1];
  if (token === undefined) throw new Refused("no-bearer", "The Authorization header has no bearer token.");
  return token;
}

interface AccessClaims {
  readonly sub: string;
  readonly client_id: string;
  readonly scope: string;
  readonly exp: number;
  readonly iat: number;
  readonly nbf?: number | undefined;
  readonly auth_time?: number | undefined;
  readonly "cognito:groups"?: readonly string[] | undefined;
}

async function callerOf(claims: AccessClaims, settings: ApiSettings, at: number): Promise<Caller> {
  const { client_id: client, sub } = claims;
  const isOfPage = client === settings.clientId;
  const isOfCi = (settings.apiCiClientIds ?? []).includes(client);
  if (!isOfPage && !isOfCi) throw new Refused("client", "The access token is for another client.");
  // The token of a client itself has the client as its subject, and that of a person never has.
  if ((sub === client) === isOfPage)
    throw new Refused("subject", "The access token has a subject that its client cannot have.");
  checkTimes(claims, at, isOfPage ? LONGEST_LIFE : LONGEST_CI_LIFE);
  const granted = claims.scope.split(" ");
  const permitted = new Set<Scope>(scopes.filter((scope) => granted.includes(SCOPE_PREFIX + scope)));
  if (isOfPage) {
    const groups = claims["cognito:groups"] ?? [];
    checkGroups(groups, settings.allowedGroups);
    const own = await owner("user", sub);
    const others = await Promise.all(groups.map((group) => owner("group", group)));
    return { subject: own.owner, owners: [own, ...others], scopes: permitted };
  }
  const own = await owner("client", client);
  const groups = granted.filter(
    (scope) => scope.startsWith(GROUP_SCOPE_PREFIX) && scope !== GROUP_SCOPE_PREFIX,
  );
  const [first = own, ...others] = await Promise.all(
    groups.map((scope) => owner("group", scope.slice(GROUP_SCOPE_PREFIX.length))),
  );
  return { subject: own.owner, owners: first === own ? [own] : [first, ...others, own], scopes: permitted };
}

const owner = async (kind: "user" | "group" | "client", name: string): Promise<CallerOwner> => ({
  name: `${kind}:${name}`,
  owner: await ownerNamed(kind, name),
});

/** One answer to every refusal: what is wrong with a token stands in the log alone. */
function problemOf(failure: unknown): ApiProblem {
  if (failure instanceof Refused) {
    return new ApiProblem("unauthenticated", "There is no valid access token. Sign in again.", {
      cause: failure,
    });
  }
  if (failure instanceof Unavailable) {
    return new ApiProblem("unavailable", "The token could not be verified now. Try again in a minute.", {
      retryAfter: 60,
      cause: failure,
    });
  }
  throw failure;
}
