import type { Input } from "@pulumi/pulumi";
import type { Condition, Platform } from "./platform.ts";

/** Whom the inputs name, and what the report's function needs to reach them. */
export interface Audiences {
  /** Whether anybody gets a report. */
  readonly isWanted: Condition;
  /** Whether anybody gets it by mail. */
  readonly isMailed: Condition;
  /** Whether anybody gets it every day, and not only weekly or on anomalies. */
  readonly isDaily: Condition;
  readonly secretArns: Input<string[]>;
  readonly topicArns: Input<string[]>;
}

export function audiencesOf(platform: Platform): Audiences {
  const { inputs, local, any, has, hasElements, concat, listWhen, isSet, column } = platform;
  const others = local("report_audiences", platform.orDefault(inputs.report_audiences, "[]"));
  const given = (value: Input<string> | undefined) => listWhen(isSet(value), [value as Input<string>]);
  const secretArns = local(
    "report_secret_arns",
    concat<Input<string>>(
      given(inputs.slack_webhook_secret_arn),
      given(inputs.teams_webhook_secret_arn),
      given(inputs.report_webhook_secret_arn),
      column(others, "secret_arn"),
    ),
  ) as Input<string[]>;
  const topicArns = local(
    "report_topic_arns",
    concat<Input<string>>(given(inputs.report_topic_arn), column(others, "topic_arn")),
  ) as Input<string[]>;
  const isMailed = local(
    "report_is_mailed",
    any(hasElements(inputs.report_recipients), has(column(others, "channel"), "mail")),
  );
  const isWanted = local("report_is_wanted", any(isMailed, hasElements(secretArns), hasElements(topicArns)));
  const isDaily = local(
    "report_is_daily",
    any(
      hasElements(inputs.report_recipients),
      isSet(inputs.slack_webhook_secret_arn),
      isSet(inputs.teams_webhook_secret_arn),
      isSet(inputs.report_webhook_secret_arn),
      isSet(inputs.report_topic_arn),
      has(column(others, "schedule", "daily"), "daily"),
    ),
  );
  return { isWanted, isMailed, isDaily, secretArns, topicArns };
}
