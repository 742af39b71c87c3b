/** An SMTP server as its URL names it. */
export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; else by STARTTLS, unless the server is on loopback. */
  readonly secure: boolean;
  readonly isLoopback: boolean;
  readonly credentials: SmtpCredentials | null;
}

export interface SmtpCredentials {
  readonly user: string;
  readonly password: string;
}

/** A sentence about the URL, without it: it may contain a password. */
export type SmtpUrlProblem = { readonly problem: string };

/**
 * Reads `smtp://` and `smtps://` URLs. Without a user in the URL, `SMTP_USER` and `SMTP_PASSWORD` of the environment are used
 * where both are set.
 */
export function parseSmtpUrl(
  text: string,
  environment: Readonly<Record<string, string | undefined>>,
): SmtpServer | SmtpUrlProblem {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !PROTOCOLS.has(url.protocol) || url.hostname === "") return { problem: NO_SMTP_URL };
  if (!["", "/"].includes(url.pathname) || url.search !== "" || url.hash !== "") {
    return {
      problem:
        "The URL of the SMTP server has a path or a query, which has no meaning. End it after the port.",
    };
  }
  const credentials = credentialsIn(url, environment);
  if (credentials === "not decodable") {
    return {
      problem:
        "The user or the password in the URL of the SMTP server has a % without two digits. Write it as %25.",
    };
  }
  const secure = url.protocol === "smtps:";
  const host = decodeURIComponent(url.hostname).replace(/^\[(.*)\]$/, "$1");
  return {
    host,
    port: url.port === "" ? (secure ? 465 : 587) : Number(url.port),
    secure,
    isLoopback: host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host),
    credentials,
  };
}

const PROTOCOLS = new Set(["smtp:", "smtps:"]);

const NO_SMTP_URL =
  "The URL of the SMTP server does not read like smtps://mail.example.com or smtp://user:password@mail.example.com:587. Correct it, and write special characters of the password as %40 for @.";

function credentialsIn(
  { username, password }: URL,
  { SMTP_USER, SMTP_PASSWORD }: Readonly<Record<string, string | undefined>>,
): SmtpCredentials | null | "not decodable" {
  try {
    if (username !== "")
      return { user: decodeURIComponent(username), password: decodeURIComponent(password) };
  } catch {
    return "not decodable";
  }
  return SMTP_USER && SMTP_PASSWORD ? { user: SMTP_USER, password: SMTP_PASSWORD } : null;
}
