import hostilePaths from "../../infra/edge/hostile-paths.json" with { type: "json" };
import type { RsaKey } from "../../packages/functions/src/session/testing/rsa-keys.ts";
import type { ViewerRequest } from "../support/cloudfront/cloudfront-edge.ts";
import {
  type CookieParts,
  cookieBase64,
  cookieHeader,
  policyText,
  signedBy,
  signedQuery,
} from "./signed-cookies.ts";

/** What an outsider may know: the host, the names of files, and what others signed. */
export interface Target {
  readonly host: string;
  /** Paths of published files. */
  readonly files: readonly string[];
  /** The key of the distribution: outsiders have only its id and what it signed. */
  readonly key: RsaKey;
  readonly stranger: RsaKey;
  /** A cookie header that holds now. */
  readonly good: string;
  /** Seconds since 1970. */
  readonly at: number;
}

/** A request that must get nothing, and what is wrong with it. */
export interface HostileRequest {
  readonly what: string;
  readonly request: ViewerRequest;
}

export const requestFor = (
  host: string,
  target: string,
  changes: Partial<ViewerRequest> = {},
): ViewerRequest => ({
  scheme: "https",
  method: "GET",
  target,
  body: new Uint8Array(),
  ...changes,
  headers: { host, ...changes.headers },
});

export const METHODS = [
  "GET",
  "HEAD",
  "POST",
  "PUT",
  "DELETE",
  "PATCH",
  "OPTIONS",
  "TRACE",
  "CONNECT",
  "PROPFIND",
  "SEARCH",
  "PURGE",
  "get",
  "Get",
  "GET ",
  "",
  "X".repeat(100),
] as const;

/** Every way to ask for a file without a right to it. */
export function withoutRight(target: Target): readonly HostileRequest[] {
  const { host, files } = target;
  const cookies = [["no cookie", ""] as const, ...badCookies(target)];
  const found: HostileRequest[] = [];
  for (const [what, cookie] of cookies) {
    for (const file of files) {
      found.push({
        what: `${what}: ${file}`,
        request: requestFor(host, file, { headers: cookieOf(cookie) }),
      });
    }
  }
  const [file = ""] = files;
  for (const [what, query] of badQueries(target)) {
    found.push({ what: `${what}, in the address`, request: requestFor(host, `${file}?${query}`) });
  }
  for (const method of METHODS) {
    for (const path of files) {
      found.push({ what: `${method} ${path}`, request: requestFor(host, path, { method }) });
    }
  }
  for (const [name, value] of oddHeaders(file)) {
    for (const path of files) {
      const headers = { [name]: value };
      found.push({ what: `${name}: ${value} for ${path}`, request: requestFor(host, path, { headers }) });
    }
  }
  for (const spelled of spellings(files)) {
    found.push({ what: `another spelling, ${spelled}`, request: requestFor(host, spelled) });
  }
  for (const scheme of ["http", "https"] as const) {
    for (const other of [
      "other.example",
      `${host}.`,
      `x.${host}`,
      "",
      "127.0.0.1",
      host.toUpperCase(),
      "data.s3.amazonaws.com",
    ]) {
      const headers = { host: other, cookie: target.good };
      found.push({
        what: `${scheme}, the host ${other}`,
        request: { ...requestFor(host, file, { headers }), scheme },
      });
    }
    const http = requestFor(host, file, { headers: { cookie: target.good } });
    if (scheme === "http") found.push({ what: "without TLS", request: { ...http, scheme } });
  }
  return found;
}

const cookieOf = (cookie: string): Readonly<Record<string, string>> => (cookie === "" ? {} : { cookie });

/** Cookies that were signed, and do not hold; and cookies that nobody signed. */
function badCookies(target: Target): readonly (readonly [string, string])[] {
  const { host, key, stranger, at, good } = target;
  const id = key.signingKey.keyPairId;
  const cookie = (text: string, by = key, changes: CookieParts = {}): string =>
    cookieHeader({
      policy: cookieBase64(text),
      signature: signedBy(by.privateKey, text),
      keyPairId: id,
      algorithm: "SHA256",
      ...changes,
    });
  const whole = `https://${host}/*`;
  const valid = policyText(whole, at + 600);
  const [policy = "", signature = ""] = good.split("; ").map((pair) => pair.slice(pair.indexOf("=") + 1));
  const later = policyText(whole, at + 86_400);
  const seal = `dapanoskop session 2\n${host}\nclient\n${at}\nperson\ntoken`;
  const parts: CookieParts = { policy, signature, keyPairId: id, algorithm: "SHA256" };
  const flipped = (text: string, position: number) =>
    `${text.slice(0, position)}${text[position] === "A" ? "B" : "A"}${text.slice(position + 1)}`;
  return [
    ["expired a moment ago", cookie(policyText(whole, at - 1))],
    ["expired an hour ago", cookie(policyText(whole, at - 3_600))],
    ["an end of 0", cookie(policyText(whole, 0))],
    ["a negative end", cookie(policyText(whole, -1))],
    ["an end that is a text", cookie(policyText(whole, String(at + 600)))],
    ["an end that is null", cookie(policyText(whole, null))],
    ["an end in milliseconds that is a text", cookie(policyText(whole, `${at}000`))],
    ["no end", cookie(JSON.stringify({ Statement: [{ Resource: whole }] }))],
    ["no condition", cookie(JSON.stringify({ Statement: [{ Resource: whole, Condition: {} }] }))],
    [
      "a beginning in the future",
      cookie(
        policyText(whole, at + 600)
          .replace("}}]}", `},"DateGreaterThan":{"AWS:EpochTime":${at + 60}}}]}`)
          .replace("}},", "},"),
      ),
    ],
    ["another host", cookie(policyText("https://other.example/*", at + 600))],
    ["a host that begins like this one", cookie(policyText(`https://${host}.evil.example/*`, at + 600))],
    ["a host that ends like this one", cookie(policyText(`https://evil.${host}/*`, at + 600))],
    ["http", cookie(policyText(`http://${host}/*`, at + 600))],
    ["another path", cookie(policyText(`https://${host}/auth/*`, at + 600))],
    ["a path of another case", cookie(policyText(`https://${host}/DATA/*`, at + 600))],
    ["a file that is not asked for", cookie(policyText(`https://${host}/data/none.json`, at + 600))],
    ["no resource", cookie(policyText("", at + 600))],
    [
      "two statements",
      cookie(JSON.stringify({ Statement: [...JSON.parse(valid).Statement, ...JSON.parse(valid).Statement] })),
    ],
    ["no statement", cookie('{"Statement":[]}')],
    ["another key's signature", cookie(valid, stranger)],
    ["another key", cookie(valid, stranger, { keyPairId: stranger.signingKey.keyPairId })],
    ["another key's id", cookie(valid, key, { keyPairId: stranger.signingKey.keyPairId })],
    ["no key's id", cookie(valid, key, { keyPairId: undefined })],
    ["an empty key's id", cookie(valid, key, { keyPairId: "" })],
    ["a key's id of a prototype", cookie(valid, key, { keyPairId: "__proto__" })],
    ["a key's id of another case", cookie(valid, key, { keyPairId: id.toLowerCase() })],
    ["no algorithm, which means SHA-1", cookie(valid, key, { algorithm: undefined })],
    ["SHA-1", cookie(valid, key, { algorithm: "SHA1" })],
    ["another algorithm", cookie(valid, key, { algorithm: "SHA512" })],
    ["no algorithm by name", cookie(valid, key, { algorithm: "none" })],
    ["no signature", cookie(valid, key, { signature: undefined })],
    ["an empty signature", cookie(valid, key, { signature: "" })],
    ["no policy", cookie(valid, key, { policy: undefined })],
    ["an empty policy", cookie(valid, key, { policy: "" })],
    ["a policy for longer under an old signature", cookieHeader({ ...parts, policy: cookieBase64(later) })],
    ["a policy that was turned by a bit", cookieHeader({ ...parts, policy: flipped(policy, 20) })],
    ["a policy with a space more", cookieHeader({ ...parts, policy: cookieBase64(` ${valid}`) })],
    ["a signature that was turned by a bit", cookieHeader({ ...parts, signature: flipped(signature, 40) })],
    ["half a signature", cookieHeader({ ...parts, signature: signature.slice(0, signature.length / 2) })],
    ["the seal of a session in the place of a policy", cookie(seal)],
    ["a policy that is no JSON", cookie("Statement")],
    ["a policy that is an array", cookie("[]")],
    ["a policy that is null", cookie("null")],
    [
      "an end without a policy",
      cookieHeader({ expires: String(at + 600), signature, keyPairId: id, algorithm: "SHA256" }),
    ],
    ["the names in small letters", good.toLowerCase()],
    ["other names", good.replaceAll("CloudFront-", "Cloudfront-")],
    ["its values in one cookie", `CloudFront=${encodeURIComponent(good)}`],
    ["a refresh cookie", `__Secure-dapanoskop-refresh=2.${at}.${"a".repeat(43)}.${signature}.token`],
    ["an access token", "access_token=eyJhbGciOiJub25lIn0.e30."],
    ["a cookie before it that takes its place", `CloudFront-Policy=x; ${good}`],
  ];
}

function badQueries(target: Target): readonly (readonly [string, string])[] {
  const { host, key, stranger, at } = target;
  const id = key.signingKey.keyPairId;
  const file = `https://${host}${target.files[0]}`;
  const canned = policyText(file, at + 600);
  const custom = (text: string, by: RsaKey) => ({
    policy: cookieBase64(text),
    signature: signedBy(by.privateKey, text),
    keyPairId: id,
    algorithm: "SHA256",
  });
  return [
    ["a stranger's custom policy", signedQuery(custom(policyText(`https://${host}/*`, at + 600), stranger))],
    ["an expired policy", signedQuery(custom(policyText(`https://${host}/*`, at - 1), key))],
    [
      "a stranger's canned policy",
      signedQuery({
        expires: String(at + 600),
        signature: signedBy(stranger.privateKey, canned),
        keyPairId: id,
      }),
    ],
    [
      "a canned policy of another file",
      signedQuery({
        expires: String(at + 600),
        signature: signedBy(key.privateKey, policyText(`${file}x`, at + 600)),
        keyPairId: id,
        algorithm: "SHA256",
      }),
    ],
    [
      "a canned policy for longer",
      signedQuery({
        expires: String(at + 6_000),
        signature: signedBy(key.privateKey, canned),
        keyPairId: id,
        algorithm: "SHA256",
      }),
    ],
    ["an end that is no number", signedQuery({ expires: "9".repeat(40), signature: "x", keyPairId: id })],
    ["a list of the bucket", "list-type=2&prefix="],
    ["an access list", "acl"],
    ["versions", "versions"],
    ["a policy of the bucket", "policy"],
    ["another type", "response-content-type=text/html"],
    [
      "a signature of S3",
      "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIA&X-Amz-Signature=00&X-Amz-Date=20260101T000000Z&X-Amz-Expires=600&X-Amz-SignedHeaders=host",
    ],
    ["a path in the query", "/../../data/index.json"],
  ];
}

function oddHeaders(file: string): readonly (readonly [string, string])[] {
  return [
    ["range", "bytes=0-0"],
    ["range", "bytes=0-"],
    ["range", "bytes=-1"],
    ["range", "bytes=0-0,2-3"],
    ["if-none-match", '"e"'],
    ["if-none-match", "*"],
    ["if-match", "*"],
    ["if-modified-since", "Thu, 01 Jan 1970 00:00:00 GMT"],
    ["x-original-url", file],
    ["x-rewrite-url", file],
    ["x-forwarded-host", "evil.example"],
    ["x-forwarded-proto", "http"],
    ["x-http-method-override", "GET"],
    ["forwarded", "for=127.0.0.1;host=localhost"],
    ["x-forwarded-for", "127.0.0.1"],
    ["via", "1.1 cloudfront"],
    ["authorization", "Bearer eyJhbGciOiJub25lIn0.e30."],
    [
      "authorization",
      "AWS4-HMAC-SHA256 Credential=AKIA/20260101/eu-central-1/s3/aws4_request, SignedHeaders=host, Signature=00",
    ],
    ["x-amz-security-token", "x"],
    ["x-amz-cf-id", "x"],
    ["cloudfront-viewer-country", "DE"],
    ["transfer-encoding", "chunked"],
    ["upgrade", "websocket"],
    ["accept", "text/html"],
    ["origin", "https://evil.example"],
    ["referer", "https://console.aws.amazon.com/"],
  ];
}

/** Other spellings of the paths of files and of folders of them: decoded, normalized or cut, they would lead to data. */
export function spellings(files: readonly string[]): readonly string[] {
  const [index = "", staged = ""] = [files[0], files.find((file) => file.includes("_runs"))];
  const below = index.slice("/data".length);
  const beside = [
    "/data",
    "/data/",
    "/data//",
    "/data/.",
    "/data/./",
    "/data/..",
    "/data/../data/",
    "/data/_runs",
    "/data/_runs/",
    "/data/2026-02/",
    "/data/2026-02",
    "/data?",
    "/data/?list-type=2",
    "/data/%3Flist-type=2",
    "/data;/index.json",
    "/data/;index.json",
    `/data${"/".repeat(40)}index.json`,
  ];
  const written = files.flatMap((file) => [
    `/x/..${file}`,
    `/assets/..${file}`,
    `/auth/..${file}`,
    `/api/..${file}`,
    `/assets/%2e%2e${file}`,
    `/assets/%2E%2E%2F${file.slice(1)}`,
    `/.${file}`,
    `/%2e${file}`,
    `/${file}`,
    `//x${file}`,
    `${file}/`,
    `${file}//`,
    `${file}/.`,
    `${file}/..`,
    `${file}%00`,
    `${file}%00.html`,
    `${file}\u0000`,
    `${file}%0a`,
    `${file}%20`,
    `${file};.css`,
    `${file}.css`,
    `${file}%2e`,
    `${file}#x`,
    `${file}%23x`,
    `${file}%3fx`,
    file.replace("/data/", "/data%2f"),
    file.replace("/data/", "/data%2F%2e%2e%2Fdata%2F"),
    file.replace("/data/", "/data%5c"),
    file.replace("/data/", "/data\\"),
    file.replace("/data/", "/%64ata/"),
    file.replace("/data/", "/%2564ata/"),
    file.replace("/data/", "/d%61t%61/"),
    file.replace("/data/", "/DATA/"),
    file.replace("/data/", "/Data/"),
    file.replace("/data/", "/data//"),
    file.replace("/data/", "/data/./"),
    file.replace("/data/", "/data/x/../"),
    file.replace("/data/", "/data/%2e/"),
    file.replace("/data/", "/data/../"),
    file.replace("/data/", "/data/..%2f"),
    file.replace("/data/", "/data/%252e%252e%252f"),
    file.replace("/data/", "/data/..;/"),
    file.replace("/data/", "/"),
    file.replaceAll("/", "%2f"),
    file.replaceAll("/", "\\"),
    file.replaceAll("/", "／"),
    file.replaceAll(".", "%2e"),
    file.replaceAll("a", "%61"),
    file.toUpperCase(),
    `https://evil.example${file}`,
    `http://localhost${file}`,
    file.slice(1),
  ]);
  const traversals = hostilePaths.flatMap((path) => [`/data${path}`, path, `/data/2026-02${path}`]);
  return [...new Set([...beside, ...written, ...traversals, `${staged}${below}`])];
}
