import type { Clock } from "@dapanoskop/core/runtime";
import type { Mailer } from "@dapanoskop/core/sending";
import type { NotifiedChannel, ReportChannels } from "@dapanoskop/report";
import { silenceNodeVersionWarning } from "../store.ts";

/** How a command line says that mail is sent. */
interface MailValues {
  /** A folder for .eml files. */
  readonly mailToFolder: string | null;
  /** The URL of an SMTP server. */
  readonly smtp: string | null;
  /** Of SES. */
  readonly configurationSet: string | null;
}

/** The senders that a command line names. Each loads its code when a message needs it. */
export function reportChannels(values: MailValues, clock: Clock): ReportChannels {
  let mailer: Promise<Mailer> | null = null;
  return {
    mailer() {
      mailer ??= makeMailer(values, clock);
      return mailer;
    },
    async notifier(channel) {
      if (channel.kind === "sns") {
        silenceNodeVersionWarning();
        const { snsNotifier } = await import("@dapanoskop/aws/sns");
        return snsNotifier({ topicArn: channel.topicArn });
      }
      const { jsonWebhook, slackWebhook, teamsWebhook } = await import("@dapanoskop/webhook");
      const make = { slack: slackWebhook, teams: teamsWebhook, webhook: jsonWebhook }[channel.kind];
      return make(await webhookAddress(channel));
    },
  };
}

async function makeMailer(
  { mailToFolder, smtp, configurationSet }: MailValues,
  clock: Clock,
): Promise<Mailer> {
  if (mailToFolder !== null || smtp !== null) {
    const { emlMailer, smtpMailer } = await import("@dapanoskop/local/mail");
    return mailToFolder === null ? smtpMailer(smtp ?? "") : emlMailer(mailToFolder, clock);
  }
  silenceNodeVersionWarning();
  const { sesMailer } = await import("@dapanoskop/aws/ses");
  return sesMailer({ configurationSet });
}

async function webhookAddress({
  address,
}: Exclude<NotifiedChannel, { readonly kind: "sns" }>): Promise<string> {
  if (address.kind === "url") return address.url;
  silenceNodeVersionWarning();
  const { readSecret } = await import("@dapanoskop/aws/secrets");
  return readSecret(address.arn);
}
