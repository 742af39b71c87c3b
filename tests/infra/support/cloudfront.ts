import { randomBytes } from "node:crypto";
import { childText, document, element, inner, leaf, text, texts } from "./xml.ts";

// moto 5.2.1 has no policies and no functions of CloudFront, cannot change or delete keys, and checks neither versions nor
// references. So this emulator answers instead: as much of CloudFront as a site needs to be created, changed and deleted.

export interface CloudFrontRequest {
  readonly method: string;
  /** Behind the API's version, such as `["cache-policy", "E2…"]`. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  readonly ifMatch: string | null;
  readonly body: string;
}

export interface CloudFrontResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** A CloudFront in memory. */
export interface CloudFront {
  respond(request: CloudFrontRequest): CloudFrontResponse;
  /** What it contains now: ARNs of distributions and functions, path and name of everything else. */
  contents(): readonly string[];
}

/** A kind of resource that a client creates, reads and replaces as one document. */
interface Kind {
  readonly path: string;
  readonly element: string;
  /** An update goes to `/{id}/config` instead of `/{id}`. */
  readonly updatesConfig: boolean;
  /** Elements of other documents that refer to it by its id. */
  readonly referrers: readonly string[];
  /** The ids that AWS itself offers. */
  readonly managed: readonly string[];
  readonly timeElement: "LastModifiedTime" | "CreatedTime";
  /** Status and code where a document refers to one that does not exist. */
  readonly unknownReference: readonly [status: number, code: string];
  readonly notFound: string;
  readonly inUse: string;
}

const kind = (path: string, name: string, more: Partial<Kind> = {}): Kind => ({
  path,
  element: name,
  updatesConfig: false,
  referrers: [`${name}Id`],
  managed: [],
  timeElement: "LastModifiedTime",
  unknownReference: [404, `NoSuch${name}`],
  notFound: `NoSuch${name}`,
  inUse: `${name}InUse`,
  ...more,
});

const KINDS: readonly Kind[] = [
  // The one managed policy of each kind that the system uses: CachingDisabled and AllViewerExceptHostHeader.
  kind("cache-policy", "CachePolicy", { managed: ["4135ea2d-6df8-44a3-9df3-4b5a84be39ad"] }),
  kind("origin-request-policy", "OriginRequestPolicy", { managed: ["b689b0a8-53d0-40ab-baf2-68738e2966ac"] }),
  kind("response-headers-policy", "ResponseHeadersPolicy"),
  kind("origin-access-control", "OriginAccessControl", { updatesConfig: true }),
  kind("public-key", "PublicKey", {
    updatesConfig: true,
    timeElement: "CreatedTime",
    referrers: ["PublicKey"],
  }),
  kind("key-group", "KeyGroup", {
    referrers: ["KeyGroup"],
    unknownReference: [400, "TrustedKeyGroupDoesNotExist"],
    notFound: "NoSuchResource",
    inUse: "ResourceInUse",
  }),
  kind("distribution", "Distribution", { updatesConfig: true, referrers: [] }),
];

interface ListItem {
  readonly kind: Kind;
  readonly id: string;
  readonly config: string;
  readonly etag: string;
  readonly time: string;
  /** A distribution's: false from a change until the next read, so that a client sees a deployment but waits no time. */
  readonly deployed: boolean;
  readonly tags: ReadonlyMap<string, string>;
}

interface StoredFunction {
  readonly created: string;
  readonly development: FunctionVersion;
  /** The version that was published last; null before. */
  readonly live: FunctionVersion | null;
}

interface FunctionVersion {
  readonly config: string;
  /** Base64. */
  readonly code: string;
  readonly etag: string;
  readonly time: string;
}

/** An error response of CloudFront: clients tell errors apart by status and code. */
class Refusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const NO_CONTENT: CloudFrontResponse = { status: 204 };

const xml = (body: string, headers: Readonly<Record<string, string>>, status = 200): CloudFrontResponse => ({
  status,
  headers: { "content-type": "text/xml", ...headers },
  body,
});

const newId = () => `E${randomBytes(7).toString("hex").toUpperCase().slice(0, 13)}`;
const now = () => new Date().toISOString();
const locationOf = (path: string, id: string) => `https://cloudfront.amazonaws.com/2020-05-31/${path}/${id}`;

/** A CloudFront without any resource. */
export function cloudFront(account: string): CloudFront {
  const items = new Map<string, ListItem>();
  const functions = new Map<string, StoredFunction>();
  const arn = (type: string, id: string) => `arn:aws:cloudfront::${account}:${type}/${id}`;

  return {
    respond(request) {
      try {
        return route(request);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const parts = [leaf("Type", "Sender"), leaf("Code", error.code), leaf("Message", error.message)];
        return xml(document("ErrorResponse", element("Error", ...parts)), {}, error.status);
      }
    },
    contents: () => [
      ...[...functions.keys()].map((name) => arn("function", name)),
      ...[...items.values()].map(({ kind, id, config }) =>
        kind.path === "distribution" ? arn(kind.path, id) : `${kind.path} ${childText(config, "Name")}`,
      ),
    ],
  };

  function route(request: CloudFrontRequest): CloudFrontResponse {
    const [path, id, part = ""] = request.path;
    if (path === "function") return functionResponse(request);
    if (path === "tagging" && id === undefined) return tagging(request);
    const kind = KINDS.find((one) => one.path === path);
    if (kind === undefined) throw unsupported(request);
    const { method } = request;
    if (id === undefined) {
      if (method === "POST") return create(kind, request);
      throw unsupported(request);
    }
    const item = items.get(id);
    if (item?.kind !== kind)
      throw new Refusal(404, kind.notFound, `The ${kind.element} ${id} does not exist.`);
    if (method === "GET" && part === "") return replaced({ ...item, deployed: true });
    if (method === "GET" && part === "config")
      return xml(document(configName(kind), item.config), { etag: item.etag });
    if (method === "PUT" && part === (kind.updatesConfig ? "config" : "")) return update(item, request);
    if (method === "DELETE" && part === "") return remove(item, request);
    throw unsupported(request);
  }

  function create(kind: Kind, { body }: CloudFrontRequest): CloudFrontResponse {
    const config = checkedConfig(kind, body);
    const name = kind.path === "distribution" ? "CallerReference" : "Name";
    const isTaken = [...items.values()].some(
      (one) => one.kind === kind && childText(one.config, name) === childText(config, name),
    );
    if (isTaken) throw new Refusal(409, `${kind.element}AlreadyExists`, `The ${name} exists already.`);
    const tags = tagsIn(inner(body, "Tags") ?? "");
    const item = { kind, id: newId(), config, etag: newId(), time: now(), deployed: false, tags };
    items.set(item.id, item);
    return xml(whole(item), { etag: item.etag, location: locationOf(kind.path, item.id) }, 201);
  }

  function update(item: ListItem, request: CloudFrontRequest): CloudFrontResponse {
    requireVersion(request, item.etag);
    const config = checkedConfig(item.kind, request.body);
    // The id of a public key stands for its value: only the comment may change.
    for (const name of ["EncodedKey", "CallerReference"]) {
      if (childText(config, name) === childText(item.config, name)) continue;
      const code =
        item.kind.path === "distribution" ? "IllegalUpdate" : "CannotChangeImmutablePublicKeyFields";
      throw new Refusal(400, code, `${name} cannot be changed.`);
    }
    return replaced({ ...item, config, etag: newId(), time: now(), deployed: false });
  }

  function replaced(item: ListItem): CloudFrontResponse {
    items.set(item.id, item);
    return xml(whole(item), { etag: item.etag });
  }

  function remove(item: ListItem, request: CloudFrontRequest): CloudFrontResponse {
    requireVersion(request, item.etag);
    if (
      item.kind.path === "distribution" &&
      (childText(item.config, "Enabled") === "true" || !item.deployed)
    ) {
      throw new Refusal(409, "DistributionNotDisabled", `The distribution ${item.id} is not disabled.`);
    }
    const isReferred = (config: string) =>
      item.kind.referrers.some((name) => texts(config, name).includes(item.id));
    if ([...items.values()].some(({ config }) => isReferred(config))) {
      throw new Refusal(409, item.kind.inUse, `The ${item.kind.element} ${item.id} is in use.`);
    }
    items.delete(item.id);
    return NO_CONTENT;
  }

  /** The config of a request, after everything that it refers to was found. */
  function checkedConfig(kind: Kind, body: string): string {
    const config = inner(body, configName(kind));
    if (config === null) throw new Refusal(400, "MalformedXML", `The body has no ${configName(kind)}.`);
    for (const { referrers, managed, path, element, unknownReference } of KINDS) {
      for (const id of referrers.flatMap((name) => texts(config, name))) {
        if (id === "" || managed.includes(id) || items.get(id)?.kind.path === path) continue;
        throw new Refusal(...unknownReference, `The ${element} ${id} does not exist.`);
      }
    }
    if (kind.path !== "distribution") return config;
    const origins = texts(inner(config, "Origins") ?? "", "Id");
    const lost = texts(config, "TargetOriginId").find((target) => !origins.includes(target));
    if (lost !== undefined) throw new Refusal(404, "NoSuchOrigin", `No origin has the id ${lost}.`);
    for (const name of texts(config, "FunctionARN")) {
      const isLive = [...functions].some(([one, { live }]) => live !== null && arn("function", one) === name);
      if (!isLive)
        throw new Refusal(400, "InvalidFunctionAssociation", `The function ${name} is not published.`);
    }
    // CloudFront adds the lists that a request leaves out as empty ones, and clients depend on them.
    const absent = ["Aliases", "CacheBehaviors", "CustomErrorResponses", "OriginGroups"].filter(
      (name) => inner(config, name) === null,
    );
    return config + absent.map((name) => element(name, leaf("Quantity", 0))).join("");
  }

  function whole({ kind, id, config, time, deployed }: ListItem): string {
    const content = element(configName(kind), config);
    if (kind.path !== "distribution") {
      return document(kind.element, leaf("Id", id), leaf(kind.timeElement, time), content);
    }
    const keyGroups = [...new Set(texts(config, "KeyGroup"))];
    return document(
      "Distribution",
      leaf("Id", id),
      leaf("ARN", arn("distribution", id)),
      leaf("Status", deployed ? "Deployed" : "InProgress"),
      leaf("LastModifiedTime", time),
      leaf("InProgressInvalidationBatches", 0),
      leaf("DomainName", `d${id.slice(1).toLowerCase()}.cloudfront.net`),
      element("ActiveTrustedSigners", leaf("Enabled", false), leaf("Quantity", 0)),
      element(
        "ActiveTrustedKeyGroups",
        leaf("Enabled", keyGroups.length > 0),
        leaf("Quantity", keyGroups.length),
        element("Items", ...keyGroups.map(activeKeys)),
      ),
      content,
    );
  }

  function activeKeys(keyGroup: string): string {
    const keys = texts(items.get(keyGroup)?.config ?? "", "PublicKey").map((key) => leaf("KeyPairId", key));
    const ids = element("KeyPairIds", leaf("Quantity", keys.length), element("Items", ...keys));
    return element("KeyGroup", leaf("KeyGroupId", keyGroup), ids);
  }

  function tagging(request: CloudFrontRequest): CloudFrontResponse {
    const { method, query, body } = request;
    const resource = query.get("Resource") ?? "";
    const item = items.get(resource.slice(resource.lastIndexOf("/") + 1));
    if (item === undefined)
      throw new Refusal(404, "NoSuchResource", `The resource ${resource} does not exist.`);
    if (method === "GET") {
      const tags = [...item.tags].map(([key, value]) =>
        element("Tag", leaf("Key", key), leaf("Value", value)),
      );
      return xml(document("Tags", element("Items", ...tags)), {});
    }
    if (method !== "POST") throw unsupported(request);
    const removed = query.get("Operation") === "Untag" ? texts(body, "Key") : [];
    const added = query.get("Operation") === "Tag" ? tagsIn(body) : [];
    const kept = [...item.tags].filter(([key]) => !removed.includes(key));
    items.set(item.id, { ...item, tags: new Map([...kept, ...added]) });
    return NO_CONTENT;
  }

  function functionResponse(request: CloudFrontRequest): CloudFrontResponse {
    const [, path, part = ""] = request.path;
    const { method, body, query } = request;
    const name = path ?? text(body, "Name") ?? "";
    const found = functions.get(name);
    if (path === undefined) {
      if (method !== "POST") throw unsupported(request);
      if (found !== undefined)
        throw new Refusal(409, "FunctionAlreadyExists", `The function ${name} exists already.`);
      const development = functionVersion(body);
      functions.set(name, { created: now(), development, live: null });
      const headers = { etag: development.etag, location: locationOf("function", name) };
      return xml(functionSummary(name, "DEVELOPMENT"), headers, 201);
    }
    const stage = query.get("Stage") === "LIVE" ? "LIVE" : "DEVELOPMENT";
    const version = stage === "LIVE" ? found?.live : found?.development;
    if (found === undefined || version === undefined || version === null) {
      throw new Refusal(404, "NoSuchFunctionExists", `The function ${name} does not exist.`);
    }
    const does = `${method} ${part}`;
    if (does === "GET describe") return xml(functionSummary(name, stage), { etag: version.etag });
    if (does === "GET ") {
      const headers = { "content-type": "application/octet-stream", etag: version.etag };
      return { status: 200, headers, body: Buffer.from(version.code, "base64") };
    }
    if (!["PUT ", "POST publish", "DELETE "].includes(does)) throw unsupported(request);
    requireVersion(request, found.development.etag);
    if (does === "PUT ") {
      const development = functionVersion(body);
      functions.set(name, { ...found, development });
      // AWS's API has this typing error: the version of a changed function is in the header `ETtag`.
      return xml(functionSummary(name, "DEVELOPMENT"), { ettag: development.etag });
    }
    if (does === "POST publish") {
      functions.set(name, { ...found, live: { ...found.development, etag: newId(), time: now() } });
      return xml(functionSummary(name, "LIVE"), {});
    }
    if (
      [...items.values()].some(({ config }) => texts(config, "FunctionARN").includes(arn("function", name)))
    ) {
      throw new Refusal(409, "FunctionInUse", `A distribution refers to the function ${name}.`);
    }
    functions.delete(name);
    return NO_CONTENT;
  }

  function functionSummary(name: string, stage: "DEVELOPMENT" | "LIVE"): string {
    const { created = "", development, live = null } = functions.get(name) ?? {};
    const version = stage === "LIVE" ? live : development;
    const isPublished = stage === "LIVE" || live?.code === development?.code;
    return document(
      "FunctionSummary",
      leaf("Name", name),
      leaf("Status", isPublished ? "UNASSOCIATED" : "UNPUBLISHED"),
      element("FunctionConfig", version?.config ?? ""),
      element(
        "FunctionMetadata",
        leaf("FunctionARN", arn("function", name)),
        leaf("Stage", stage),
        leaf("CreatedTime", created),
        leaf("LastModifiedTime", version?.time ?? ""),
      ),
    );
  }
}

function functionVersion(body: string): FunctionVersion {
  const config = inner(body, "FunctionConfig");
  const code = text(body, "FunctionCode")?.replace(/\s/g, "") ?? "";
  if (config === null || code === "") {
    throw new Refusal(400, "InvalidArgument", "A function needs a FunctionConfig and a FunctionCode.");
  }
  // The quota for the size of a function is 10 KB.
  if (Buffer.byteLength(code, "base64") > 10_240) {
    throw new Refusal(413, "FunctionSizeLimitExceeded", "A function's code has at most 10 KB.");
  }
  return { config, code, etag: newId(), time: now() };
}

const configName = ({ element }: Kind) => `${element}Config`;

/** Every change names the version that it read, and that version is still the current one. */
function requireVersion({ ifMatch }: CloudFrontRequest, etag: string): void {
  if (ifMatch === null) throw new Refusal(400, "InvalidIfMatchVersion", "The If-Match version is missing.");
  if (ifMatch !== etag)
    throw new Refusal(412, "PreconditionFailed", "The If-Match version is not the current one.");
}

/** A request that the emulator does not support fails, so that no client depends on a made-up response. */
const unsupported = ({ method, path }: CloudFrontRequest) =>
  new Refusal(
    501,
    "NotImplemented",
    `The emulator of CloudFront does not support ${method} /${path.join("/")}.`,
  );

function tagsIn(list: string): ReadonlyMap<string, string> {
  const tags = list.split("</Tag>").filter((tag) => tag.includes("<Tag>"));
  return new Map(tags.map((tag) => [text(tag, "Key") ?? "", text(tag, "Value") ?? ""]));
}
