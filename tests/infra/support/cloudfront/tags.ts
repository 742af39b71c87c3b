import { type Answer, type Asked, NO_CONTENT, Refusal, xml } from "./answer.ts";
import { unknown } from "./documents.ts";
import type { World } from "./world.ts";
import { document, element, leaf, text, texts } from "./xml.ts";

/** The tags of a list of `Tag` elements. */
export function readTags(list: string): ReadonlyMap<string, string> {
  const tags = list.split("</Tag>").filter((tag) => tag.includes("<Tag>"));
  return new Map(tags.map((tag) => [text(tag, "Key") ?? "", text(tag, "Value") ?? ""]));
}

/** Answers under `/tagging`: the tags of a distribution, by its ARN. */
export function answerTagging(world: World, asked: Asked): Answer {
  const resource = asked.query.get("Resource") ?? "";
  if (!world.distributions.has(resource.slice(resource.lastIndexOf("/") + 1))) {
    throw new Refusal(404, "NoSuchResource", `The resource ${resource} does not exist.`);
  }
  const tags = world.tags.get(resource) ?? new Map<string, string>();
  if (asked.method === "GET") return xml(written(tags));
  if (asked.method !== "POST") throw unknown(asked);
  const gone = new Set(asked.query.get("Operation") === "Untag" ? texts(asked.body, "Key") : []);
  const more = asked.query.get("Operation") === "Tag" ? readTags(asked.body) : [];
  world.tags.set(resource, new Map([...[...tags].filter(([key]) => !gone.has(key)), ...more]));
  return NO_CONTENT;
}

const written = (tags: ReadonlyMap<string, string>) =>
  document(
    "Tags",
    element(
      "Items",
      ...[...tags].map(([key, value]) => element("Tag", leaf("Key", key), leaf("Value", value))),
    ),
  );
