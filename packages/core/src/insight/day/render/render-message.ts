import type { RenderedMessage } from "../../../sending/index.ts";
import type { MessageContent } from "../message-content.ts";
import { dayHtml } from "./html.ts";
import { shownText } from "./shown.ts";
import { daySlack } from "./slack.ts";
import { dayText } from "./text.ts";

/** A message in every form that a channel needs, with the same pairs of label and amount in each. */
export const renderMessage = (content: MessageContent, json: unknown): RenderedMessage => ({
  subject: shownText(content.subject),
  text: dayText(content),
  html: dayHtml(content),
  slack: daySlack(content),
  json,
});
