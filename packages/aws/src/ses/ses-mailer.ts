import type { SESv2ClientConfig } from "@aws-sdk/client-sesv2";
import type { Mailer } from "@dapanoskop/core/sending";
import type { Timeouts } from "../transport/index.ts";

/** Settings of the SDK's client. It finds all others itself (AWS_REGION, AWS_PROFILE, AWS_ENDPOINT_URL_SESV2, roles). */
export type SesAccess = Pick<SESv2ClientConfig, "region" | "credentials" | "endpoint">;

export interface SesOptions {
  /** The name of the configuration set, which publishes the events of the mail; `null`: none, and no events. */
  readonly configurationSet: string | null;
  readonly access?: SesAccess;
  readonly timeouts?: Partial<Timeouts>;
}

/** Sends by Amazon SES, version 2 of its API, with `ses:SendEmail`: one request a mail. The tags are SES message tags. */
export function sesMailer(_options: SesOptions): Mailer {
  return {
    place: "Amazon SES",
    send: async () => ({ outcome: "refused", isRetryable: false, reason: "Mail is not sent by SES yet." }),
  };
}
