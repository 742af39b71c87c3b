import type { Mail } from "@dapanoskop/core/sending";
import { quoted } from "@dapanoskop/core/text";
import type { Refusals } from "../sending/index.ts";
import { messageOf, nameOf, quotedMessage } from "../transport/index.ts";

/** What SES's answers to one mail mean. A sentence names the sender's domain, and no address of a person. */
export function sesRefusals({ from }: Mail, configurationSet: string | null): Refusals {
  const domain = from.split("@").at(-1) ?? from;
  return {
    service: "SES",
    lastingThrottle: (cause) =>
      /daily|24.hour|quota/i.test(messageOf(cause))
        ? `the account's quota of 24 hours is used up (${quoted(nameOf(cause))}). Wait, or request a higher quota in the SES console.`
        : null,
    refusal(cause) {
      const name = nameOf(cause);
      const error = quoted(name);
      const words = `SES says ${quotedMessage(messageOf(cause))} (${error}).`;
      switch (name) {
        case "MessageRejected":
          return NOT_VERIFIED.test(messageOf(cause))
            ? `an address is not verified in this region (${error}). ${verification(from, domain, messageOf(cause))}`
            : `SES rejected its content or a recipient. ${words} Change what it names, then send it again.`;
        case "MailFromDomainNotVerifiedException":
          return `the custom MAIL FROM domain of ${domain} is not verified (${error}). Publish its MX and SPF records, or let SES use its own domain when the record is missing.`;
        case "AccountSuspendedException":
          return `AWS has ended the sending of this account for good (${error}). Contact AWS Support.`;
        case "SendingPausedException":
          return `sending is paused for this account or this configuration set (${error}). Look at the reputation in the SES console, then enable it again.`;
        case "NotFoundException":
          return `${configurationSet === null ? "something that it names" : `the configuration set ${quoted(configurationSet)}`} does not exist in this region (${error}). Create it, or correct its name.`;
        case "AccessDeniedException":
          return `access denied. Grant ses:SendEmail on the identity of ${domain}${configurationSet === null ? "" : ` and on the configuration set ${quoted(configurationSet)}`} to this role. ${words}`;
        default:
          return `SES refused it. ${words} Correct what it names.`;
      }
    },
  };
}

const NOT_VERIFIED = /not verified/i;

/** SES lists the addresses that failed: either the sender, or, in the sandbox, a recipient. */
function verification(from: string, domain: string, message: string): string {
  const sender = `Verify the domain ${domain}, or the sender's address, in the SES console.`;
  if (message.toLowerCase().includes(from.toLowerCase())) return sender;
  return `While the account is in the SES sandbox, each recipient must be verified, too: request production access in the SES console, or verify the recipients. If the sender is not verified: ${sender}`;
}
