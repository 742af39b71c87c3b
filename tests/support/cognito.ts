import { generateKeyPairSync, randomBytes, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import Provider, { type Context, type Token } from "oidc-provider";
import { cognitoMemory } from "./cognito-memory.ts";

/** A user of the pool. */
export interface CognitoUser {
  readonly username: string;
  readonly password: string;
  readonly email: string;
  readonly name?: string;
  /** Absent for a user without groups: Cognito then leaves out the claim. */
  readonly groups?: readonly string[];
}

export interface CognitoOptions {
  /** Addresses that a sign-in may return to, exactly: `https://127.0.0.1:8443/callback`. */
  readonly callbackUrls: readonly string[];
  /** Addresses that a sign-out may return to, exactly. */
  readonly logoutUrls?: readonly string[];
  readonly users?: readonly CognitoUser[];
  /** The port; by default 0, which takes any free one. */
  readonly port?: number;
  /** Lifetime of access and ID tokens, in seconds. Default: 300, as in our app client. */
  readonly tokenLife?: number;
  /** Lifetime of a refresh token in seconds, from the sign-in, including rotations. Default: 12 hours. */
  readonly refreshLife?: number;
  /** For how many seconds a rotated refresh token still works. Default: 10. */
  readonly refreshGrace?: number;
}

/** A Cognito user pool with its sign-in domain, on loopback. */
export interface LocalCognito {
  /** The sign-in domain: `/oauth2/authorize`, `/oauth2/token`, `/oauth2/revoke`, `/logout`. */
  readonly url: string;
  /** The `iss` claim of tokens; the keys are at this address plus `/.well-known/jwks.json`. */
  readonly issuer: string;
  readonly userPoolId: string;
  readonly clientId: string;
  /** Requests in order, without queries: `POST /oauth2/token`. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

export const zoe: CognitoUser = {
  username: "zoe",
  password: "Correct-horse-7",
  email: "zoe@example.org",
  name: "Zoë Müller",
  groups: ["finance"],
};

const POOL = "eu-central-1_Dapanos00";
const CLIENT = "1example23456789";
/** The provider issues a JWT only with an audience. It is removed before the token is signed. */
const RESOURCE = "urn:cognito";

/**
 * Starts a pool with the behaviour of Cognito: its paths, an app client without a secret (code flow, PKCE S256, rotation),
 * access tokens with `client_id`, `token_use`, `cognito:groups` and `username` but without `aud`, and a form that asks
 * for name and password.
 */
export async function startCognito(options: CognitoOptions): Promise<LocalCognito> {
  const users = options.users ?? [zoe];
  const requests: string[] = [];
  let answer = (_: IncomingMessage, response: ServerResponse): Promise<void> | void => void response.end();
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url?.split("?")[0]}`);
    // An error of the provider must not end the test process.
    Promise.resolve(answer(request, response)).catch((failure: unknown) => {
      response.writeHead(500, { "content-type": "text/plain" }).end(String(failure));
    });
  });
  const url = await listening(server, options.port ?? 0);
  const issuer = `${url}/${POOL}`;
  const provider = makeProvider(issuer, users, options);
  const oauth = provider.callback();
  answer = (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", url);
    if (pathname.startsWith("/login/")) return login(provider, users, request, response);
    if (pathname === "/logout") return logout(provider, options, searchParams, request, response);
    if (pathname === `/${POOL}/.well-known/openid-configuration`) {
      request.url = "/.well-known/openid-configuration";
    }
    return oauth(request, response);
  };
  return {
    url,
    issuer,
    userPoolId: POOL,
    clientId: CLIENT,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listening(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      if (typeof address === "object" && address !== null) resolve(`http://127.0.0.1:${address.port}`);
      else reject(new Error("The local Cognito has no port."));
    });
  });
}

function makeProvider(issuer: string, users: readonly CognitoUser[], options: CognitoOptions): Provider {
  const { tokenLife = 300, refreshLife = 12 * 3_600, refreshGrace = 10 } = options;
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const userOf = (id: string) => users.find((user) => subjectOf(user) === id);
  const provider: Provider = new Provider(issuer, {
    adapter: cognitoMemory(refreshGrace),
    clients: [
      {
        client_id: CLIENT,
        token_endpoint_auth_method: "none",
        grant_types: ["authorization_code", "refresh_token"],
        response_types: ["code"],
        redirect_uris: [...options.callbackUrls],
        require_auth_time: true,
      },
    ],
    jwks: {
      keys: [{ ...privateKey.export({ format: "jwk" }), kid: randomUUID(), use: "sig", alg: "RS256" }],
    },
    cookies: { keys: [randomBytes(16).toString("hex")] },
    routes: {
      authorization: "/oauth2/authorize",
      token: "/oauth2/token",
      revocation: "/oauth2/revoke",
      userinfo: "/oauth2/userInfo",
      jwks: `/${POOL}/.well-known/jwks.json`,
      end_session: "/unused/logout",
    },
    features: {
      devInteractions: { enabled: false },
      revocation: {
        enabled: true,
        allowedPolicy: ({ oidc }: Context, client: { clientId: string }, token: { clientId: string }) =>
          oidc.route === "revocation" && token.clientId === client.clientId,
      },
      userinfo: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => RESOURCE,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: "openid email profile",
          accessTokenFormat: "jwt",
          accessTokenTTL: tokenLife,
          jwt: { sign: { alg: "RS256" } },
        }),
      },
    },
    pkce: { required: () => true },
    interactions: { url: (_: Context, { uid }: { uid: string }) => `/login/${uid}` },
    // Cognito has no consent step.
    loadExistingGrant: async ({ oidc }: Context) => {
      const grant = new provider.Grant({
        accountId: oidc.session?.accountId ?? "",
        clientId: oidc.client.clientId,
      });
      grant.addOIDCScope("openid email profile");
      grant.addResourceScope(RESOURCE, "openid email profile");
      await grant.save();
      return grant;
    },
    issueRefreshToken: () => true,
    rotateRefreshToken: true,
    ttl: {
      AccessToken: tokenLife,
      IdToken: tokenLife,
      AuthorizationCode: 60,
      Grant: refreshLife,
      Interaction: 600,
      Session: 3_600,
      RefreshToken: ({ oidc }: Context) => oidc.entities.RotatedRefreshToken?.remainingTTL ?? refreshLife,
    },
    conformIdTokenClaims: false,
    claims: {
      openid: ["sub", "token_use", "cognito:username", "cognito:groups", "event_id", "name"],
      email: ["email", "email_verified"],
      profile: [],
    },
    findAccount: (_: Context, id: string) => {
      const user = userOf(id);
      if (user === undefined) return undefined;
      return { accountId: id, claims: () => idClaims(user) };
    },
    formats: {
      customizers: {
        jwt: (_: Context, { accountId }: Token, jwt: { header: object; payload: object }) => {
          jwt.header = { typ: undefined };
          Object.assign(jwt.payload, accessClaims(userOf(accountId)));
          // Only enumerable properties reach the token.
          Object.defineProperty(jwt.payload, "aud", { value: RESOURCE, enumerable: false });
        },
      },
    },
    renderError: (context: { type: string; body: string }, out: { error: string }) => {
      context.type = "html";
      context.body = page(`<p role="alert">An error was encountered: ${escaped(out.error)}</p>`);
    },
  });
  return provider;
}

/** The `sub` of a user, which differs from the name that the user signs in with. */
const subjectOf = ({ username }: CognitoUser): string => `b4d8-${username}`;

function commonClaims(user: CognitoUser) {
  return {
    sub: subjectOf(user),
    event_id: randomUUID(),
    ...(user.groups === undefined ? {} : { "cognito:groups": user.groups }),
  };
}

function idClaims(user: CognitoUser) {
  return {
    ...commonClaims(user),
    token_use: "id",
    "cognito:username": user.username,
    email: user.email,
    email_verified: true,
    ...(user.name === undefined ? {} : { name: user.name }),
  };
}

function accessClaims(user: CognitoUser | undefined) {
  if (user === undefined) return {};
  return { ...commonClaims(user), token_use: "access", username: user.username, version: 2 };
}

/** The sign-in page: `/login/{uid}`. */
async function login(
  provider: Provider,
  users: readonly CognitoUser[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { uid } = await provider.interactionDetails(request, response);
  if (request.method !== "POST") return show(response, 200, form(uid, ""));
  const sent = new URLSearchParams(await bodyOf(request));
  const user = users.find(({ username }) => username === sent.get("username"));
  if (user === undefined || user.password !== sent.get("password")) {
    // The same message for an unknown user, as with hidden user-existence errors.
    return show(response, 400, form(uid, "Incorrect username or password."));
  }
  return provider.interactionFinished(request, response, { login: { accountId: subjectOf(user) } });
}

/** `/logout?client_id=…&logout_uri=…`: ends the session of the pool and redirects. */
async function logout(
  provider: Provider,
  { logoutUrls = [] }: CognitoOptions,
  query: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const logoutUri = query.get("logout_uri");
  if (query.get("client_id") !== CLIENT || logoutUri === null || !logoutUrls.includes(logoutUri)) {
    return show(response, 400, '<p role="alert">An error was encountered: Invalid request</p>');
  }
  const session = await provider.Session.get(provider.createContext(request, response));
  if (session.accountId !== undefined) await session.destroy();
  response.writeHead(302, { location: logoutUri }).end();
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}

const form = (uid: string, error: string): string => `<form method="post" action="/login/${uid}">
  <h1>Sign in</h1>
  <p role="alert">${error}</p>
  <label>Username <input name="username" autocomplete="username" required></label>
  <label>Password <input name="password" type="password" autocomplete="current-password" required></label>
  <button type="submit">Sign in</button>
</form>`;

function show(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" });
  response.end(page(body));
}

const page = (body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sign in</title></head><body>${body}</body></html>`;

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
