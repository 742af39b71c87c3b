import {
  SESv2Client,
  type SESv2ClientConfig,
  SESv2ServiceException,
  SendEmailCommand,
} from "@aws-sdk/client-sesv2";
import {
  accepted,
  type Mail,
  type Mailer,
  mailProblem,
  refusedForGood,
  tagHeaders,
} from "@dapanoskop/core/sending";
import { messageClient, messageOutcome, messageTimeouts, sendMessage } from "../sending/index.ts";
import type { Timeouts } from "../transport/index.ts";
import { sesRefusals } from "./ses-refusals.ts";

/** Settings of the SDK's client. It finds all others itself (AWS_REGION, AWS_PROFILE, AWS_ENDPOINT_URL_SESV2, roles). */
export type SesAccess = Pick<SESv2ClientConfig, "region" | "credentials" | "endpoint">;

export interface SesOptions {
  /** The name of the configuration set, which publishes the events of the mail; `null`: none, and no events. */
  readonly configurationSet: string | null;
  readonly access?: SesAccess;
  readonly timeouts?: Partial<Timeouts>;
}

/** https://docs.aws.amazon.com/ses/latest/dg/quotas.html */
const MOST_RECIPIENTS = 50;

/** Sends by Amazon SES, version 2 of its API, with `ses:SendEmail`: one request a mail. The tags are SES message tags. */
export function sesMailer({ configurationSet, access = {}, timeouts: own }: SesOptions): Mailer {
  const timeouts = messageTimeouts(own);
  const client = new SESv2Client({ ...access, ...messageClient(timeouts) });
  return {
    place: "Amazon SES",
    async send(mail) {
      const problem = mailProblem(mail) ?? tooMany(mail);
      if (problem !== null) return refusedForGood(problem);
      const command = new SendEmailCommand(requestOf(mail, configurationSet));
      const result = await sendMessage(SESv2ServiceException, timeouts, command, (options) =>
        client.send(command, options),
      );
      if (result.answered) return accepted(result.answer.MessageId ?? null);
      return messageOutcome(result.failure, sesRefusals(mail, configurationSet));
    },
  };
}

const tooMany = ({ to }: Mail): string | null =>
  to.length > MOST_RECIPIENTS
    ? `The mail has ${to.length} recipients, and SES takes ${MOST_RECIPIENTS}. Use a mailing list's address.`
    : null;

/**
 * The content as SES's `Simple`: SES writes the MIME message, so that no text becomes a header field, and the Lambda needs
 * no program for MIME. `Raw` would add only attachments.
 */
function requestOf({ from, to, message, tags }: Mail, configurationSet: string | null) {
  const utf8 = (Data: string) => ({ Data, Charset: "UTF-8" });
  return {
    FromEmailAddress: from,
    Destination: { ToAddresses: [...to] },
    Content: {
      Simple: {
        Subject: utf8(message.subject),
        Body: { Text: utf8(message.text), Html: utf8(message.html) },
        Headers: Object.entries(tagHeaders(tags)).map(([Name, Value]) => ({ Name, Value })),
      },
    },
    EmailTags: Object.entries(tags).map(([Name, Value]) => ({ Name, Value })),
    ...(configurationSet === null ? {} : { ConfigurationSetName: configurationSet }),
  };
}
