import type { ProxySettings } from "@dapanoskop/doctor";

/** In the order in which other programs look for them. */
const VARIABLES = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];

/** The proxy that the environment names for HTTPS. One that NO_PROXY excepts AWS from is none. */
export function proxySettings(env: Readonly<Record<string, string | undefined>>): ProxySettings {
  const variable = VARIABLES.find((name) => (env[name] ?? "") !== "") ?? null;
  const exceptions = (env.no_proxy ?? env.NO_PROXY ?? "").split(",").map((one) => one.trim().toLowerCase());
  const isExcepted = exceptions.some((one) => one === "*" || /^\*?\.?amazonaws\.com(\.cn)?$/.test(one));
  return { variable: isExcepted ? null : variable };
}
