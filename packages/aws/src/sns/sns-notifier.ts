import { PublishCommand, SNSClient, type SNSClientConfig, SNSServiceException } from "@aws-sdk/client-sns";
import {
  accepted,
  type MessageTags,
  messageProblem,
  type Notifier,
  type RenderedMessage,
  refusedForGood,
} from "@dapanoskop/core/sending";
import { messageClient, messageOutcome, messageTimeouts, sendMessage } from "../sending/index.ts";
import type { Timeouts } from "../transport/index.ts";
import { snsRefusals } from "./sns-refusals.ts";
import { snsSubject } from "./sns-subject.ts";
import { snsText } from "./sns-text.ts";

/** Settings of the SDK's client. It finds all others itself. The region is the topic's. */
export type SnsAccess = Pick<SNSClientConfig, "credentials" | "endpoint">;

export interface SnsOptions {
  readonly topicArn: string;
  readonly access?: SnsAccess;
  readonly timeouts?: Partial<Timeouts>;
}

const TOPIC_ARN = /^arn:aws[a-z-]*:sns:([a-z0-9-]+):\d{12}:([A-Za-z0-9_-]{1,256})$/;

/** Publishes subject and text to an SNS topic with `sns:Publish`: one request a message. The tags are message attributes. */
export function snsNotifier({ topicArn, access = {}, timeouts: own }: SnsOptions): Notifier {
  const [, region, name] = TOPIC_ARN.exec(topicArn) ?? [];
  if (region === undefined || name === undefined) return notATopic;
  const timeouts = messageTimeouts(own);
  const client = new SNSClient({ ...access, region, ...messageClient(timeouts) });
  return {
    place: `the topic ${name}`,
    async notify(message, tags) {
      const problem = messageProblem(message.subject, tags);
      if (problem !== null) return refusedForGood(problem);
      const command = new PublishCommand(requestOf(topicArn, message, tags));
      const result = await sendMessage(SNSServiceException, timeouts, command, (options) =>
        client.send(command, options),
      );
      if (result.answered) return accepted(result.answer.MessageId ?? null);
      return messageOutcome(result.failure, snsRefusals(name));
    },
  };
}

const notATopic: Notifier = {
  place: "the topic",
  notify: async () =>
    refusedForGood(
      "The topic is not the ARN of a standard topic of SNS, such as arn:aws:sns:eu-central-1:111122223333:costs. Correct it.",
    ),
};

function requestOf(topicArn: string, { subject, text }: RenderedMessage, tags: MessageTags) {
  const attributes = Object.entries(tags).map(([name, StringValue]) => [
    name,
    { DataType: "String", StringValue },
  ]);
  return {
    TopicArn: topicArn,
    Subject: snsSubject(subject),
    Message: snsText(text),
    MessageAttributes: Object.fromEntries(attributes),
  };
}
