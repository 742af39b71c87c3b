import { quoted } from "../text/index.ts";
import type { Mail } from "./mailer.ts";
import type { MessageTags } from "./message.ts";

/**
 * Why a mail cannot be sent as it is, and what to do; `null` where it can. Every mailer refuses what this names, so that no
 * address, tag or subject adds a recipient or a header field.
 */
export function mailProblem({ from, to, message, tags }: Mail): string | null {
  if (!isMailAddress(from)) return badAddress("sender", from);
  if (to.length === 0) return "The mail has no recipient. Name at least one address.";
  const wrong = to.find((address) => !isMailAddress(address));
  if (wrong !== undefined) return badAddress("recipient", wrong);
  return messageProblem(message.subject, tags);
}

/** The same for what every channel gets. */
export function messageProblem(subject: string, tags: MessageTags): string | null {
  if (subject.trim() === "") return "The message has no subject. Give it one.";
  if (CONTROL.test(subject)) {
    return `The subject ${quoted(subject)} contains control characters. Remove them.`;
  }
  const wrong = Object.entries(tags).find((parts) => parts.some((part) => !TAG.test(part)));
  if (wrong === undefined) return null;
  return `The tag ${quoted(wrong[0])} or its value is not 1 to 256 characters of A-Z a-z 0-9 _ -. Correct it.`;
}

/**
 * Whether a text is one plain mail address in ASCII: `jane.doe+costs@example.com`. Names (`Jane <jane@example.com>`), quoted
 * local parts and address literals are none; an international domain is written in its ASCII form (`xn--…`).
 */
export function isMailAddress(text: string): boolean {
  const [local = "", domain = "", ...more] = text.split("@");
  if (more.length > 0 || local.length > 64 || domain.length > 253) return false;
  return LOCAL_PART.test(local) && DOMAIN.test(domain);
}

// RFC 5322's dot-atom, and host names with at least one dot.
const LOCAL_PART = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN = /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}$/;
const TAG = /^[A-Za-z0-9_-]{1,256}$/;
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u;

const badAddress = (what: string, text: string) =>
  `The ${what} ${quoted(text)} is not a mail address such as costs@example.com. Correct it.`;
