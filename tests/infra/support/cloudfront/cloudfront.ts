import { type Answer, type Asked, Refusal } from "./answer.ts";
import { answerDistribution } from "./distributions.ts";
import { answerDocument, unknown } from "./documents.ts";
import { answerFunction, functionArn } from "./functions.ts";
import { kinds } from "./kinds.ts";
import { answerTagging } from "./tags.ts";
import { arn, emptyWorld } from "./world.ts";
import { ownText } from "./xml.ts";

/** A CloudFront in memory, as far as it takes to bring up, change and tear down a site. */
export interface CloudFront {
  answer(asked: Asked): Answer;
  /** What there is now: ARNs of distributions and functions, kind and name of all else. */
  contents(): readonly string[];
}

/** A CloudFront that has nothing yet. */
export function cloudFront(account: string): CloudFront {
  const world = emptyWorld(account);
  const room = (asked: Asked): Answer => {
    const [first] = asked.path;
    const kind = kinds.find(({ path }) => path === first);
    if (kind !== undefined) return answerDocument(world, kind, asked);
    if (first === "function") return answerFunction(world, asked);
    if (first === "distribution") return answerDistribution(world, asked);
    if (first === "tagging") return answerTagging(world, asked);
    throw unknown(asked);
  };
  return {
    answer(asked) {
      try {
        return room(asked);
      } catch (refusal) {
        if (refusal instanceof Refusal) return refusal.answer();
        throw refusal;
      }
    },
    contents: () => [
      ...[...world.distributions.keys()].map((id) => arn(world, "distribution", id)),
      ...[...world.functions.keys()].map((name) => functionArn(world, name)),
      ...[...world.documents.values()].map(({ kind, config }) => `${kind.path} ${ownText(config, "Name")}`),
    ],
  };
}
