import { isMailAddress } from "@dapanoskop/core/sending";
import { listed, quoted } from "@dapanoskop/core/text";
import type { ReportOptionValues } from "../options/index.ts";
import type { Audience, Channel } from "./audience.ts";
import { AudienceError } from "./audience-error.ts";
import { parseAudiences } from "./parse-audiences.ts";

/** Audiences of a deployment: each is sent to at the same time. */
const MOST_AUDIENCES = 50;

/**
 * The audiences that the options name: those of the short options (`everyone`, `slack`, `teams`, `webhook`, `topic`), then
 * those of the list. None at all is a normal case: nothing is sent.
 * @param allowsUrls whether the list may contain the address of a webhook itself, in place of its secret
 * @throws AudienceError with a sentence for each fault
 */
export function reportAudiences(
  values: Omit<ReportOptionValues, "schedule">,
  { allowsUrls = false }: { readonly allowsUrls?: boolean } = {},
): readonly Audience[] {
  const sentences: string[] = [];
  const audiences = [
    ...shortAudiences(values),
    ...parseAudiences(values.audiences, allowsUrls, sentences),
  ].map((audience) => ({ ...audience, channel: onceEach(audience.channel) }));
  const names = audiences.map(({ name }) => name);
  const repeated = [...new Set(names.filter((name, at) => names.indexOf(name) !== at))];
  if (repeated.length > 0) {
    sentences.push(
      `More than one audience is named ${listed(repeated.map((name) => quoted(name)))}: names are unique, and everyone, slack, teams, webhook and topic belong to the short options.`,
    );
  }
  if (audiences.length > MOST_AUDIENCES) {
    sentences.push(`There are ${audiences.length} audiences: at most ${MOST_AUDIENCES} are sent to.`);
  }
  const mailed = audiences.filter(({ channel }) => channel.kind === "mail").map(({ name }) => name);
  if (mailed.length > 0 && values.sender === null) {
    sentences.push(
      `No sender is set, and the report is mailed to ${listed(mailed)}: set report_sender (REPORT_SENDER, --sender).`,
    );
  }
  sentences.push(...addressFaults(values.sender, audiences));
  if (sentences.length > 0) throw new AudienceError(sentences);
  return audiences;
}

/** Nobody gets a mail twice because an address is listed twice, in upper and lower case. */
function onceEach(channel: Channel): Channel {
  if (channel.kind !== "mail") return channel;
  const lower = channel.recipients.map((address) => address.toLowerCase());
  return {
    ...channel,
    recipients: channel.recipients.filter((_, at) => lower.indexOf(lower[at] ?? "") === at),
  };
}

/** What the mailers would refuse: found here, it costs no report. The patterns of the options cannot express all of it. */
function addressFaults(sender: string | null, audiences: readonly Audience[]): readonly string[] {
  const recipients = audiences.flatMap(({ name, channel }) =>
    channel.kind === "mail"
      ? channel.recipients.map((address) => [`a recipient of ${name}`, address] as const)
      : [],
  );
  const senders = sender === null ? [] : [["the sender", sender] as const];
  return [...senders, ...recipients]
    .filter(([, address]) => !isMailAddress(address))
    .map(([whose, address]) => `${quoted(address, 80)}, ${whose}, is not a mail address: correct it.`);
}

function shortAudiences(values: Omit<ReportOptionValues, "schedule">): readonly Audience[] {
  const { recipients, slackWebhookSecret, teamsWebhookSecret, webhookSecret, topic } = values;
  const secret = (kind: "slack" | "teams" | "webhook", arn: string | null): readonly Channel[] =>
    arn === null ? [] : [{ kind, address: { kind: "secret", arn } }];
  const channels: readonly Channel[] = [
    ...(recipients.length === 0 ? [] : [{ kind: "mail", recipients } as const]),
    ...secret("slack", slackWebhookSecret),
    ...secret("teams", teamsWebhookSecret),
    ...secret("webhook", webhookSecret),
    ...(topic === null ? [] : [{ kind: "sns", topicArn: topic } as const]),
  ];
  return channels.map((channel) => ({
    name: shortNames[channel.kind],
    channel,
    costCenters: null,
    schedule: "daily",
  }));
}

const shortNames: Readonly<Record<Channel["kind"], string>> = {
  mail: "everyone",
  slack: "slack",
  teams: "teams",
  webhook: "webhook",
  sns: "topic",
};
