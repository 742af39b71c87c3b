import { type Answer, type Asked, created, demandVersion, NO_CONTENT, Refusal, xml } from "./answer.ts";
import { demandNamed, unknown } from "./documents.ts";
import { demandLive } from "./functions.ts";
import { readTags } from "./tags.ts";
import { arn, type World } from "./world.ts";
import { document, element, inner, leaf, ownText, texts } from "./xml.ts";

export interface Distribution {
  readonly id: string;
  readonly domainName: string;
  readonly config: string;
  readonly etag: string;
  readonly time: string;
  /** False from a change until somebody looks: the wait is there, but costs no time beyond the client's own. */
  readonly deployed: boolean;
}

// moto 5.2.1 forgets what a behaviour is associated with (functions, Lambdas) and an origin's access control, takes
// ids of policies that do not exist, and knows no condition on a change.
/** Answers under `/distribution`. */
export function answerDistribution(world: World, asked: Asked): Answer {
  const [, id, part] = asked.path;
  if (id === undefined) {
    if (asked.method !== "POST") throw unknown(asked);
    return create(world, asked);
  }
  const found = world.distributions.get(id);
  if (found === undefined)
    throw new Refusal(404, "NoSuchDistribution", `The distribution ${id} does not exist.`);
  const does = [asked.method, part].filter((word) => word !== undefined).join(" ");
  if (does === "GET") return look(world, found);
  if (does === "GET config") return xml(document("DistributionConfig", found.config), found.etag);
  if (does === "PUT config") return update(world, found, asked);
  if (does === "DELETE") return remove(world, found, asked);
  throw unknown(asked);
}

function create(world: World, { body }: Asked): Answer {
  const config = checked(world, body);
  const reference = ownText(config, "CallerReference");
  if (
    [...world.distributions.values()].some((other) => ownText(other.config, "CallerReference") === reference)
  ) {
    throw new Refusal(
      409,
      "DistributionAlreadyExists",
      `The caller reference ${reference} was used already.`,
    );
  }
  const id = world.newId();
  const domainName = `d${world.newId().slice(1).toLowerCase()}.cloudfront.net`;
  const made = { id, domainName, config, etag: world.newId(), time: world.now(), deployed: false };
  world.distributions.set(id, made);
  const tags = inner(body, "Tags");
  if (tags !== null) world.tags.set(arn(world, "distribution", id), readTags(tags));
  return created(whole(world, made), made.etag, world.location("distribution", id));
}

function update(world: World, found: Distribution, asked: Asked): Answer {
  demandVersion(asked, found.etag);
  const config = checked(world, asked.body);
  if (ownText(config, "CallerReference") !== ownText(found.config, "CallerReference")) {
    throw new Refusal(400, "IllegalUpdate", "A distribution's caller reference cannot be changed.");
  }
  const next = { ...found, config, etag: world.newId(), time: world.now(), deployed: false };
  world.distributions.set(found.id, next);
  return xml(whole(world, next), next.etag);
}

function remove(world: World, found: Distribution, asked: Asked): Answer {
  demandVersion(asked, found.etag);
  if (enabled(found) || !found.deployed) {
    throw new Refusal(409, "DistributionNotDisabled", `The distribution ${found.id} is not disabled.`);
  }
  world.distributions.delete(found.id);
  world.tags.delete(arn(world, "distribution", found.id));
  return NO_CONTENT;
}

function look(world: World, found: Distribution): Answer {
  const next = { ...found, deployed: true };
  world.distributions.set(found.id, next);
  return xml(whole(world, next), next.etag);
}

/** The config of a request whose origins, policies, keys and functions are all there. */
function checked(world: World, body: string): string {
  const config = inner(body, "DistributionConfig");
  if (config === null) throw new Refusal(400, "MalformedXML", "The body holds no DistributionConfig.");
  const origins = new Set(texts(inner(config, "Origins") ?? "", "Id"));
  const lost = texts(config, "TargetOriginId").find((target) => !origins.has(target));
  if (lost !== undefined) throw new Refusal(404, "NoSuchOrigin", `No origin has the id ${lost}.`);
  demandNamed(world, config);
  demandLive(world, config);
  return completed(config);
}

/** CloudFront writes down the lists that a request left out, as empty ones, and clients count on them. */
function completed(config: string): string {
  const left = ["Aliases", "CacheBehaviors", "CustomErrorResponses", "OriginGroups"].filter(
    (name) => inner(config, name) === null,
  );
  return config + left.map((name) => element(name, leaf("Quantity", 0))).join("");
}

const enabled = ({ config }: Distribution) => ownText(config, "Enabled") === "true";

function whole(world: World, found: Distribution): string {
  const keyGroups = [...new Set(texts(found.config, "KeyGroup"))];
  return document(
    "Distribution",
    leaf("Id", found.id),
    leaf("ARN", arn(world, "distribution", found.id)),
    leaf("Status", found.deployed ? "Deployed" : "InProgress"),
    leaf("LastModifiedTime", found.time),
    leaf("InProgressInvalidationBatches", 0),
    leaf("DomainName", found.domainName),
    element("ActiveTrustedSigners", leaf("Enabled", false), leaf("Quantity", 0)),
    element(
      "ActiveTrustedKeyGroups",
      leaf("Enabled", keyGroups.length > 0),
      leaf("Quantity", keyGroups.length),
      element("Items", ...keyGroups.map((id) => activeKeys(world, id))),
    ),
    element("DistributionConfig", found.config),
  );
}

function activeKeys(world: World, keyGroup: string): string {
  const keys = texts(world.documents.get(keyGroup)?.config ?? "", "PublicKey");
  const ids = element("Items", ...keys.map((key) => leaf("KeyPairId", key)));
  return element(
    "KeyGroup",
    leaf("KeyGroupId", keyGroup),
    element("KeyPairIds", leaf("Quantity", keys.length), ids),
  );
}
