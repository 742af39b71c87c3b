import { type Answer, type Asked, created, demandVersion, NO_CONTENT, Refusal, xml } from "./answer.ts";
import { unknown } from "./documents.ts";
import { arn, type World } from "./world.ts";
import { document, element, inner, leaf, text, texts } from "./xml.ts";

type Stage = "DEVELOPMENT" | "LIVE";

/** A CloudFront Function: what is written is in development, and lives once it is published. */
export interface EdgeFunction {
  readonly name: string;
  readonly created: string;
  readonly development: Version;
  readonly live: Version | null;
}

interface Version {
  readonly config: string;
  /** Base64, as it came. */
  readonly code: string;
  readonly etag: string;
  readonly time: string;
}

// moto 5.2.1 has no CloudFront Functions.
/** Answers under `/function`. */
export function answerFunction(world: World, asked: Asked): Answer {
  const [, name, part] = asked.path;
  if (name === undefined) {
    if (asked.method !== "POST") throw unknown(asked);
    return create(world, asked);
  }
  const found = world.functions.get(name);
  if (found === undefined) throw none(name);
  const does = [asked.method, part].filter((word) => word !== undefined).join(" ");
  if (does === "GET") return code(found, asked);
  if (does === "GET describe") {
    const { version, stage } = staged(found, asked);
    return xml(summary(world, found, stage), version.etag);
  }
  if (does === "PUT") return update(world, found, asked);
  if (does === "POST publish") return publish(world, found, asked);
  if (does === "DELETE") return remove(world, found, asked);
  throw unknown(asked);
}

/** The ARN that associations name. */
export const functionArn = (world: World, name: string): string => arn(world, "function", name);

/** Refuses a distribution that names a function which does not exist or was never published. */
export function demandLive(world: World, config: string): void {
  const live = new Set(
    [...world.functions.values()]
      .filter(({ live }) => live !== null)
      .map(({ name }) => functionArn(world, name)),
  );
  const missing = texts(config, "FunctionARN").find((named) => !live.has(named));
  if (missing !== undefined) {
    throw new Refusal(400, "InvalidFunctionAssociation", `The function ${missing} is not published.`);
  }
}

function create(world: World, { body }: Asked): Answer {
  const name = text(body, "Name") ?? "";
  if (!/^[a-zA-Z0-9-_]{1,64}$/.test(name)) {
    throw new Refusal(400, "InvalidArgument", `${JSON.stringify(name)} cannot be the name of a function.`);
  }
  if (world.functions.has(name)) {
    throw new Refusal(409, "FunctionAlreadyExists", `A function named ${name} exists already.`);
  }
  const development = written(world, body);
  const made: EdgeFunction = { name, created: development.time, development, live: null };
  world.functions.set(name, made);
  return created(summary(world, made, "DEVELOPMENT"), development.etag, world.location("function", name));
}

function update(world: World, found: EdgeFunction, asked: Asked): Answer {
  demandVersion(asked, found.development.etag);
  const next = { ...found, development: written(world, asked.body) };
  world.functions.set(found.name, next);
  const answer = xml(summary(world, next, "DEVELOPMENT"));
  // The one answer whose header has a name of its own: the version is in `ETtag`, a typing error that AWS kept.
  return { ...answer, headers: { ...answer.headers, ettag: next.development.etag } };
}

function publish(world: World, found: EdgeFunction, asked: Asked): Answer {
  demandVersion(asked, found.development.etag);
  const next = { ...found, live: { ...found.development, etag: world.newId(), time: world.now() } };
  world.functions.set(found.name, next);
  return xml(summary(world, next, "LIVE"));
}

function remove(world: World, found: EdgeFunction, asked: Asked): Answer {
  demandVersion(asked, found.development.etag);
  const named = functionArn(world, found.name);
  if ([...world.distributions.values()].some(({ config }) => texts(config, "FunctionARN").includes(named))) {
    throw new Refusal(409, "FunctionInUse", `The function ${found.name} is associated with a distribution.`);
  }
  world.functions.delete(found.name);
  return NO_CONTENT;
}

/** The code itself, not in XML. */
function code(found: EdgeFunction, asked: Asked): Answer {
  const { version } = staged(found, asked);
  return {
    status: 200,
    headers: { "content-type": "application/octet-stream", etag: version.etag },
    body: Buffer.from(version.code, "base64"),
  };
}

function staged(found: EdgeFunction, { query }: Asked): { readonly version: Version; readonly stage: Stage } {
  const stage: Stage = query.get("Stage") === "LIVE" ? "LIVE" : "DEVELOPMENT";
  const version = stage === "LIVE" ? found.live : found.development;
  if (version === null) throw none(found.name);
  return { version, stage };
}

function written(world: World, body: string): Version {
  const config = inner(body, "FunctionConfig");
  const base64 = text(body, "FunctionCode")?.replace(/\s/g, "");
  if (config === null || base64 === undefined || base64 === "") {
    throw new Refusal(400, "InvalidArgument", "A function has a FunctionConfig and a FunctionCode.");
  }
  // The quota of a function's size: 10 KB.
  if (Buffer.byteLength(base64, "base64") > 10_240) {
    throw new Refusal(413, "FunctionSizeLimitExceeded", "A function's code has at most 10 KB.");
  }
  return { config, code: base64, etag: world.newId(), time: world.now() };
}

function summary(world: World, found: EdgeFunction, stage: Stage): string {
  const version = stage === "LIVE" && found.live !== null ? found.live : found.development;
  const published = found.live !== null && found.live.code === found.development.code;
  return document(
    "FunctionSummary",
    leaf("Name", found.name),
    leaf("Status", stage === "LIVE" ? "UNASSOCIATED" : published ? "UNASSOCIATED" : "UNPUBLISHED"),
    element("FunctionConfig", version.config),
    element(
      "FunctionMetadata",
      leaf("FunctionARN", functionArn(world, found.name)),
      leaf("Stage", stage),
      leaf("CreatedTime", found.created),
      leaf("LastModifiedTime", version.time),
    ),
  );
}

const none = (name: string) =>
  new Refusal(404, "NoSuchFunctionExists", `The function ${name} does not exist.`);
