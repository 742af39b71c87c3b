import type { Month } from "../../calendar/index.ts";
import { monthText } from "../period-text.ts";

/** A link to the dashboard's own address: the only link of a message. */
export interface PageLink {
  /** Pinned to a month: `https://costs.example.org/?period=2026-01`. Its characters are those of an URL. */
  readonly href: string;
  /** "January 2026 in Dapanoskop" */
  readonly text: string;
}

/** @param dashboardUrl an address of http or https; with anything else the message has no link */
export function pageLink(dashboardUrl: string | null, period: Month): PageLink | null {
  if (dashboardUrl === null || !URL.canParse(dashboardUrl)) return null;
  const address = new URL(dashboardUrl);
  if (address.protocol !== "https:" && address.protocol !== "http:") return null;
  address.search = new URLSearchParams({ period }).toString();
  address.hash = "";
  return { href: address.href, text: `${monthText(period)} in Dapanoskop` };
}
