import { quoted } from "@dapanoskop/core/text";
import type { Refusals } from "../sending/index.ts";
import { messageOf, nameOf, quotedMessage } from "../transport/index.ts";

const NOT_PERMITTED = new Set([
  "AccessDenied",
  "AccessDeniedException",
  "AuthorizationError",
  "AuthorizationErrorException",
]);
const NO_TOPIC = new Set(["NotFound", "NotFoundException", "ResourceNotFoundException"]);

/** What SNS's answers about one topic mean. */
export const snsRefusals = (topic: string): Refusals => ({
  service: "SNS",
  refusal(cause) {
    const name = nameOf(cause);
    const words = `SNS says ${quotedMessage(messageOf(cause))} (${quoted(name)}).`;
    // Its message names kms:GenerateDataKey or kms:Decrypt.
    if (name.startsWith("KMS")) {
      return `the topic ${topic} is encrypted with a key that cannot be used. Grant kms:GenerateDataKey and kms:Decrypt on it to this role, in the role's policy and in the key's own, and see that the key is enabled. ${words}`;
    }
    if (NOT_PERMITTED.has(name)) {
      return `access denied. Grant sns:Publish on the topic ${topic} to this role, and permit it in the topic's policy where that is in another account. ${words}`;
    }
    if (NO_TOPIC.has(name)) {
      return `the topic ${topic} does not exist (${quoted(name)}). Create it, or correct its ARN.`;
    }
    return `SNS refused it. ${words} Correct what it names.`;
  },
});
