import { type Answer, type Asked, created, demandVersion, NO_CONTENT, Refusal, xml } from "./answer.ts";
import { type Kind, kinds } from "./kinds.ts";
import type { World } from "./world.ts";
import { document, element, inner, leaf, ownText, texts } from "./xml.ts";

/** One policy, key, key group or access control: the XML that a client wrote, kept as it came. */
export interface Kept {
  readonly kind: Kind;
  readonly id: string;
  readonly config: string;
  readonly etag: string;
  readonly time: string;
}

/** Answers for whatever is one document with a version: created whole, read whole, replaced whole. */
export function answerDocument(world: World, kind: Kind, asked: Asked): Answer {
  const [, id, part] = asked.path;
  if (id === undefined) {
    if (asked.method !== "POST") throw unknown(asked);
    return create(world, kind, asked);
  }
  const kept = world.documents.get(id);
  if (kept === undefined || kept.kind !== kind) {
    throw new Refusal(404, kind.none, `The ${kind.element} ${id} does not exist.`);
  }
  if (asked.method === "GET" && part === undefined) return xml(whole(kept), kept.etag);
  if (asked.method === "GET" && part === "config") return xml(document(kind.config, kept.config), kept.etag);
  if (asked.method === "PUT" && (part === "config") === kind.updatesConfig) return update(world, kept, asked);
  if (asked.method === "DELETE" && part === undefined) return remove(world, kept, asked);
  throw unknown(asked);
}

/** A request that the stand-in does not know: better a clear end than an answer which AWS would not give. */
export const unknown = ({ method, path }: Asked): Refusal =>
  new Refusal(
    501,
    "NotImplemented",
    `The stand-in for CloudFront does not know ${method} /${path.join("/")}.`,
  );

/** Refuses a document that names by id what does not exist. */
export function demandNamed(world: World, config: string): void {
  for (const kind of kinds) {
    for (const id of kind.named.flatMap((name) => texts(config, name))) {
      if (id === "" || kind.managed.includes(id)) continue;
      if (world.documents.get(id)?.kind === kind) continue;
      const code = kind.none === "NoSuchResource" ? "TrustedKeyGroupDoesNotExist" : kind.none;
      throw new Refusal(code === kind.none ? 404 : 400, code, `The ${kind.element} ${id} does not exist.`);
    }
  }
}

function create(world: World, kind: Kind, { body }: Asked): Answer {
  const config = parsed(kind, body);
  const name = ownText(config, "Name");
  if (
    [...world.documents.values()].some(
      (other) => other.kind === kind && ownText(other.config, "Name") === name,
    )
  ) {
    throw new Refusal(409, kind.exists, `A ${kind.element} named ${name} exists already.`);
  }
  demandNamed(world, config);
  const kept: Kept = { kind, id: world.newId(), config, etag: world.newId(), time: world.now() };
  world.documents.set(kept.id, kept);
  return created(whole(kept), kept.etag, world.location(kind.path, kept.id));
}

function update(world: World, kept: Kept, asked: Asked): Answer {
  demandVersion(asked, kept.etag);
  const config = parsed(kept.kind, asked.body);
  demandNamed(world, config);
  // A public key is what its id stands for; only its comment may change.
  if (
    ["EncodedKey", "CallerReference"].some((name) => ownText(config, name) !== ownText(kept.config, name))
  ) {
    throw new Refusal(400, "CannotChangeImmutablePublicKeyFields", "A public key's value cannot be changed.");
  }
  const next = { ...kept, config, etag: world.newId(), time: world.now() };
  world.documents.set(kept.id, next);
  return xml(whole(next), next.etag);
}

function remove(world: World, kept: Kept, asked: Asked): Answer {
  demandVersion(asked, kept.etag);
  const users = [...world.documents.values(), ...world.distributions.values()];
  const used = users.some(({ config }) =>
    kept.kind.named.some((name) => texts(config, name).includes(kept.id)),
  );
  if (used) throw new Refusal(409, kept.kind.inUse, `The ${kept.kind.element} ${kept.id} is in use.`);
  world.documents.delete(kept.id);
  return NO_CONTENT;
}

function parsed(kind: Kind, body: string): string {
  const config = inner(body, kind.config);
  if (config === null) throw new Refusal(400, "MalformedXML", `The body holds no ${kind.config}.`);
  return config;
}

const whole = ({ kind, id, time, config }: Kept) =>
  document(
    kind.element,
    leaf("Id", id),
    kind.time === null ? "" : leaf(kind.time, time),
    element(kind.config, config),
  );
