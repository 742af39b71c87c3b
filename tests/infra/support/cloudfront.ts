import { randomBytes } from "node:crypto";
import { childText, element, inner, texts } from "./xml.ts";

// moto 5.2.1 has no policies and no functions of CloudFront, cannot change or delete keys, and checks no references. So this
// emulator answers instead: as much of CloudFront as the module needs to be created, changed and deleted, and what CloudFront
// refuses when resources are created, replaced or deleted in a wrong order.

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
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** A CloudFront in memory. */
export interface CloudFront {
  respond(request: CloudFrontRequest): CloudFrontResponse;
  /** Path and name of everything that it contains now. */
  contents(): readonly string[];
}

/** A kind of resource that a client creates, reads and replaces as one document. */
interface Kind {
  readonly element: string;
  /** The element of other documents that refers to one by its id. */
  readonly referrer: string;
  /** The ids that AWS itself offers. */
  readonly managed?: readonly string[];
}

const KINDS: Readonly<Record<string, Kind>> = {
  // The one managed policy of each kind that the system uses: CachingDisabled and AllViewerExceptHostHeader.
  "cache-policy": {
    element: "CachePolicy",
    referrer: "CachePolicyId",
    managed: ["4135ea2d-6df8-44a3-9df3-4b5a84be39ad"],
  },
  "origin-request-policy": {
    element: "OriginRequestPolicy",
    referrer: "OriginRequestPolicyId",
    managed: ["b689b0a8-53d0-40ab-baf2-68738e2966ac"],
  },
  "response-headers-policy": { element: "ResponseHeadersPolicy", referrer: "ResponseHeadersPolicyId" },
  "origin-access-control": { element: "OriginAccessControl", referrer: "OriginAccessControlId" },
  "public-key": { element: "PublicKey", referrer: "PublicKey" },
  "key-group": { element: "KeyGroup", referrer: "KeyGroup" },
  function: { element: "Function", referrer: "FunctionARN" },
  distribution: { element: "Distribution", referrer: "DistributionId" },
};

interface StoredItem {
  readonly path: string;
  /** As other documents refer to it: an id, or the ARN of a function that is published. */
  readonly reference: string | null;
  readonly name: string;
  readonly config: string;
  readonly etag: string;
  /** A function's code, in Base64. */
  readonly code: string;
  /** A distribution's tags, as XML. */
  readonly tags: string;
}

/** An error response of CloudFront: clients tell errors apart by status and code. */
class Refusal extends Error {
  readonly status: number;

  constructor(status: number, code: string) {
    super(code);
    this.status = status;
  }
}

const newId = () => `E${randomBytes(7).toString("hex").toUpperCase().slice(0, 13)}`;
const TIME = "2026-01-01T00:00:00Z";

const xml = (body: string, etag = "", status = 200): CloudFrontResponse => ({
  status,
  headers: { "content-type": "text/xml", etag },
  body,
});

/** A CloudFront without any resource. */
export function cloudFront(account: string): CloudFront {
  /** By id; functions by name. */
  const items = new Map<string, StoredItem>();
  const arn = (path: string, id: string) => `arn:aws:cloudfront::${account}:${path}/${id}`;

  return {
    respond(request) {
      try {
        return route(request);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const parts = [element("Code", error.message), element("Message", request.path.join("/"))];
        return xml(element("ErrorResponse", element("Error", ...parts)), "", error.status);
      }
    },
    contents: () => [...items.values()].map(({ path, name }) => `${path} ${name}`),
  };

  function route(request: CloudFrontRequest): CloudFrontResponse {
    const { method, query, body } = request;
    const [path = "", id, part = "config"] = request.path;
    const kind = KINDS[path];
    if (path === "tagging" && method === "GET") return tags(query.get("Resource") ?? "");
    if (kind === undefined) throw new Refusal(501, "NotImplemented");
    if (id === undefined) return created(path, kind, request);
    const item = items.get(id);
    const isAbsent = query.get("Stage") === "LIVE" && item?.reference === null;
    if (item?.path !== path || isAbsent) throw new Refusal(404, `NoSuch${kind.element}`);
    if (method === "GET" && path === "function" && part === "config") {
      return { status: 200, headers: { etag: item.etag }, body: Buffer.from(item.code, "base64") };
    }
    if (method === "GET") return shown(id, item);
    if (request.ifMatch !== item.etag) throw new Refusal(412, "PreconditionFailed");
    if (method === "POST" && part === "publish") return replaced(id, { ...item, reference: arn(path, id) });
    if (method === "PUT" && path !== "function") {
      const config = checked(path, kind, body);
      // The id of a public key stands for its value: only the comment may change.
      if (childText(config, "EncodedKey") !== childText(item.config, "EncodedKey")) {
        throw new Refusal(400, "CannotChangeImmutablePublicKeyFields");
      }
      return replaced(id, { ...item, config, etag: newId() });
    }
    if (method !== "DELETE") throw new Refusal(501, "NotImplemented");
    const { reference } = item;
    if (
      [...items.values()].some(({ config }) => reference && texts(config, kind.referrer).includes(reference))
    ) {
      throw new Refusal(409, `${kind.element}InUse`);
    }
    items.delete(id);
    return { status: 204, headers: {}, body: "" };
  }

  function created(path: string, kind: Kind, { method, body }: CloudFrontRequest): CloudFrontResponse {
    if (method !== "POST") throw new Refusal(501, "NotImplemented");
    const config = checked(path, kind, body);
    const own = path === "function" ? childText(inner(body, "CreateFunctionRequest") ?? "", "Name") : null;
    const name = own ?? childText(config, path === "distribution" ? "CallerReference" : "Name") ?? "";
    if ([...items.values()].some((one) => one.path === path && one.name === name)) {
      throw new Refusal(409, `${kind.element}AlreadyExists`);
    }
    const id = path === "function" ? name : newId();
    const reference = path === "function" ? null : id;
    const [code = ""] = texts(body, "FunctionCode");
    const tags = inner(body, "Tags") ?? "";
    return { ...replaced(id, { path, reference, name, config, etag: newId(), code, tags }), status: 201 };
  }

  function replaced(id: string, item: StoredItem): CloudFrontResponse {
    items.set(id, item);
    return shown(id, item);
  }

  /** The config of a request, after everything that it refers to was found. */
  function checked(path: string, kind: Kind, body: string): string {
    const config = inner(body, `${kind.element}Config`);
    if (config === null) throw new Refusal(400, "MalformedXML");
    for (const { element, referrer, managed = [] } of Object.values(KINDS)) {
      const known = new Set(["", ...managed, ...[...items.values()].map(({ reference }) => reference)]);
      if (texts(config, referrer).some((one) => !known.has(one))) throw new Refusal(404, `NoSuch${element}`);
    }
    if (path !== "distribution") return config;
    const origins = texts(inner(config, "Origins") ?? "", "Id");
    if (texts(config, "TargetOriginId").some((one) => !origins.includes(one))) {
      throw new Refusal(404, "NoSuchOrigin");
    }
    // CloudFront adds the lists that a request leaves out as empty ones, and clients depend on them.
    const absent = ["Aliases", "CacheBehaviors", "CustomErrorResponses", "OriginGroups"].filter(
      (name) => inner(config, name) === null,
    );
    return config + absent.map((name) => element(name, element("Quantity", 0))).join("");
  }

  function shown(id: string, { path, config, etag }: StoredItem): CloudFrontResponse {
    const { element: name } = KINDS[path] as Kind;
    const content = element(`${name}Config`, config);
    const time = element("CreatedTime", TIME) + element("LastModifiedTime", TIME);
    const own = element("Id", id) + time + content;
    if (path === "function") {
      const metadata = element("FunctionMetadata", element("FunctionARN", arn(path, id)), time);
      const parts = [element("Name", id), element("Status", "UNASSOCIATED"), content, metadata];
      return xml(element("FunctionSummary", ...parts), etag);
    }
    if (path !== "distribution") return xml(element(name, own), etag);
    const none = element("Enabled", "false") + element("Quantity", 0);
    return xml(
      element(
        name,
        own,
        element("ARN", arn(path, id)),
        element("Status", "Deployed"),
        element("InProgressInvalidationBatches", 0),
        element("DomainName", `d${id.slice(1).toLowerCase()}.cloudfront.net`),
        element("ActiveTrustedSigners", none),
        element("ActiveTrustedKeyGroups", none),
      ),
      etag,
    );
  }

  function tags(resource: string): CloudFrontResponse {
    const item = items.get(resource.slice(resource.lastIndexOf("/") + 1));
    return xml(element("Tags", item?.tags ?? ""));
  }
}
