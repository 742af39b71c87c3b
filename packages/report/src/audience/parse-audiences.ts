import { quoted } from "@dapanoskop/core/text";
import * as v from "valibot";
import { ADDRESS, MOST_RECIPIENTS, SECRET_ARN, TOPIC_ARN } from "../options/report-options.ts";
import { type Audience, audienceSchedules, type Channel } from "./audience.ts";

const matching = (pattern: string) => v.pipe(v.string(), v.regex(new RegExp(`^${pattern}$`, "u")));

const entrySchema = v.strictObject({
  name: matching("[a-z0-9-]{1,40}"),
  channel: v.picklist(["mail", "slack", "teams", "webhook", "sns"]),
  recipients: v.optional(v.pipe(v.array(matching(ADDRESS)), v.minLength(1), v.maxLength(MOST_RECIPIENTS))),
  secret_arn: v.optional(matching(SECRET_ARN)),
  topic_arn: v.optional(matching(TOPIC_ARN)),
  url: v.optional(matching("https?://\\S+")),
  cost_centers: v.optional(v.pipe(v.array(v.pipe(v.string(), v.nonEmpty())), v.minLength(1))),
  schedule: v.optional(v.picklist(audienceSchedules), "daily"),
});

type Entry = v.InferOutput<typeof entrySchema>;
type EntryField = keyof typeof entrySchema.entries;

const takes: Readonly<Record<EntryField, string>> = {
  name: "1 to 40 of a-z, 0-9 and hyphens",
  channel: "mail, slack, teams, webhook or sns",
  recipients: `a list of 1 to ${MOST_RECIPIENTS} mail addresses`,
  secret_arn: "the ARN of a secret of Secrets Manager",
  topic_arn: "the ARN of a standard SNS topic",
  url: "an address that begins with https://",
  cost_centers: "a list of names of cost centers, or is left out for all",
  schedule: "daily, weekly or anomalies",
};

/**
 * The audiences of the JSON list; an entry with a fault is left out and a sentence says why.
 * @param sentences takes the sentences about faults; none repeats an address of a webhook
 */
export function parseAudiences(
  text: string | null,
  allowsUrls: boolean,
  sentences: string[],
): readonly Audience[] {
  if (text === null) return [];
  const entries = jsonList(text);
  if (entries === null) {
    sentences.push("The audiences are not a JSON list of objects: jsonencode writes one.");
    return [];
  }
  return entries.flatMap((entry, at) => {
    const audience = parseEntry(entry, allowsUrls);
    if (typeof audience !== "string") return [audience];
    sentences.push(`Audience ${at + 1}${nameOf(entry)}: ${audience}`);
    return [];
  });
}

function jsonList(text: string): readonly unknown[] | null {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

function nameOf(entry: unknown): string {
  const name = typeof entry === "object" && entry !== null && "name" in entry ? entry.name : null;
  return typeof name === "string" ? ` (${quoted(name, 40)})` : "";
}

/** The audience, or what is wrong with its entry. */
function parseEntry(entry: unknown, allowsUrls: boolean): Audience | string {
  const parsed = v.safeParse(entrySchema, entry);
  if (!parsed.success) return fault(v.getDotPath(parsed.issues[0])?.split(".")[0] ?? "");
  const { name, cost_centers: costCenters = null, schedule } = parsed.output;
  const channel = channelOf(parsed.output, allowsUrls);
  return typeof channel === "string" ? channel : { name, channel, costCenters, schedule };
}

function fault(field: string): string {
  if (field === "") return "it is not an object.";
  return Object.hasOwn(takes, field)
    ? `${field} takes ${takes[field as EntryField]}.`
    : `${quoted(field, 40)} means nothing. It takes ${Object.keys(takes).join(", ")}.`;
}

const targets = ["recipients", "secret_arn", "topic_arn", "url"] as const;

/** The channel, or what is wrong with its target. */
function channelOf(entry: Entry, allowsUrls: boolean): Channel | string {
  const given = targets.filter((target) => entry[target] !== undefined);
  const wanted = wantedTargets(entry.channel, allowsUrls);
  const [target] = given;
  if (given.length !== 1 || target === undefined || !wanted.includes(target)) {
    const hint = given.includes("url")
      ? " The address of a webhook is a secret: Secrets Manager keeps it."
      : "";
    return `the channel ${entry.channel} takes ${wanted.join(" or ")} alone.${hint}`;
  }
  const { channel: kind, recipients = [], secret_arn: arn, topic_arn: topicArn = "", url = "" } = entry;
  if (kind === "mail") return { kind, recipients };
  if (kind === "sns") return { kind, topicArn };
  return { kind, address: arn === undefined ? { kind: "url", url } : { kind: "secret", arn } };
}

function wantedTargets(channel: Entry["channel"], allowsUrls: boolean): readonly (typeof targets)[number][] {
  if (channel === "mail") return ["recipients"];
  if (channel === "sns") return ["topic_arn"];
  return allowsUrls ? ["secret_arn", "url"] : ["secret_arn"];
}
