import type { AwsRequest } from "./moto-gaps.ts";

/** A request of the provider, not of a test. */
export const isOfProvider = ({ headers }: Pick<AwsRequest, "headers">): boolean =>
  /Terraform|OpenTofu|HashiCorp/i.test(String(headers["user-agent"]));

/** The permissions that need another prefix than the name in a signature. */
const PREFIXES: Readonly<Record<string, string>> = { monitoring: "cloudwatch" };

/** Requests that no permission is needed for in AWS. */
const NOTHING: ReadonlySet<string> = new Set([
  "sts:GetCallerIdentity",
  // The provider asks who it is because it validates no credentials here.
  "iam:GetUser",
]);

type RestRoute = readonly [method: string, path: RegExp, permission: string];

const LAMBDA: readonly RestRoute[] = [
  ["POST", /\/functions$/, "CreateFunction"],
  ["GET", /\/functions\/[^/]+$/, "GetFunction"],
  ["DELETE", /\/functions\/[^/]+$/, "DeleteFunction"],
  ["PUT", /\/functions\/[^/]+\/code$/, "UpdateFunctionCode"],
  ["PUT", /\/functions\/[^/]+\/configuration$/, "UpdateFunctionConfiguration"],
  ["GET", /\/policy$/, "GetPolicy"],
  ["POST", /\/policy$/, "AddPermission"],
  ["DELETE", /\/policy\/[^/]+$/, "RemovePermission"],
  ["GET", /\/versions$/, "ListVersionsByFunction"],
  ["GET", /\/code-signing-config$/, "GetFunctionCodeSigningConfig"],
  ["GET", /\/event-invoke-config$/, "GetFunctionEventInvokeConfig"],
  ["PUT", /\/event-invoke-config$/, "PutFunctionEventInvokeConfig"],
  ["DELETE", /\/event-invoke-config$/, "DeleteFunctionEventInvokeConfig"],
  ["GET", /\/url$/, "GetFunctionUrlConfig"],
  ["POST", /\/url$/, "CreateFunctionUrlConfig"],
  ["DELETE", /\/url$/, "DeleteFunctionUrlConfig"],
  ["POST", /\/tags\/.+$/, "TagResource"],
];

/** Kinds of CloudFront, by the path, as permissions name them. */
const CLOUDFRONT_KINDS: Readonly<Record<string, string>> = {
  "cache-policy": "CachePolicy",
  distribution: "Distribution",
  function: "Function",
  "key-group": "KeyGroup",
  "origin-access-control": "OriginAccessControl",
  "public-key": "PublicKey",
  "response-headers-policy": "ResponseHeadersPolicy",
};

/** Sub-resources of a bucket whose permission is not `GetBucket…` and `PutBucket…`. */
const S3_PARTS: Readonly<Record<string, string>> = {
  accelerate: "AccelerateConfiguration",
  acl: "BucketAcl",
  cors: "BucketCORS",
  encryption: "EncryptionConfiguration",
  lifecycle: "LifecycleConfiguration",
  logging: "BucketLogging",
  notification: "BucketNotification",
  "object-lock": "BucketObjectLockConfiguration",
  ownershipControls: "BucketOwnershipControls",
  policy: "BucketPolicy",
  publicAccessBlock: "BucketPublicAccessBlock",
  replication: "ReplicationConfiguration",
  requestPayment: "BucketRequestPayment",
  tagging: "BucketTagging",
  versioning: "BucketVersioning",
  website: "BucketWebsite",
};

/**
 * The permission that a request needs, such as `s3:PutBucketPolicy`; `null` where it needs none.
 * @throws Error for a request of which this is not known
 */
export function permissionOf(request: AwsRequest): string | null {
  const prefix = PREFIXES[request.service] ?? request.service;
  const permission = `${prefix}:${actionOf(request)}`;
  return NOTHING.has(permission) ? null : permission;
}

function actionOf(request: AwsRequest): string {
  const { service, method, headers, body } = request;
  const { pathname, searchParams } = new URL(request.path, "http://aws");
  if (service === "apigateway") return method;
  if (service === "lambda") {
    const found = LAMBDA.find(([of, path]) => of === method && path.test(pathname));
    if (found !== undefined) return found[2];
  }
  if (service === "cloudfront") return cloudFrontAction(method, pathname);
  if (service === "s3") return s3Action(method, pathname, [...searchParams.keys()]);
  const target = /\.(\w+)$/.exec(String(headers["x-amz-target"]))?.[1];
  const named = target ?? /\bAction=(\w+)/.exec(body.toString("latin1"))?.[1];
  if (named === undefined) throw new Error(`Which permission does ${service} ${method} ${pathname} need?`);
  return named;
}

function cloudFrontAction(method: string, path: string): string {
  const [, , name = "", , part] = path.split("/");
  if (name === "tagging") return method === "GET" ? "ListTagsForResource" : "TagResource";
  const kind = CLOUDFRONT_KINDS[name];
  if (kind === undefined) throw new Error(`Which permission does CloudFront ${method} ${path} need?`);
  if (part === "publish") return "PublishFunction";
  if (part === "describe") return "DescribeFunction";
  const verb = { GET: "Get", POST: "Create", PUT: "Update", DELETE: "Delete" }[method] ?? method;
  return `${verb}${kind}`;
}

function s3Action(method: string, path: string, query: readonly string[]): string {
  const isObject = /^\/[^/]+\/.+/.test(path);
  const part = query.find((name) => name in S3_PARTS);
  if (isObject) {
    if (part === "tagging") return method === "GET" ? "GetObjectTagging" : "PutObjectTagging";
    return (
      { HEAD: "GetObject", GET: "GetObject", PUT: "PutObject", DELETE: "DeleteObject" }[method] ?? method
    );
  }
  if (part === undefined)
    return (
      { HEAD: "ListBucket", GET: "ListBucket", PUT: "CreateBucket", DELETE: "DeleteBucket" }[method] ?? method
    );
  // The policy and the website alone have a permission of their own for the deletion.
  const verb = method === "GET" ? "Get" : method === "DELETE" && part === "policy" ? "Delete" : "Put";
  return `${verb}${S3_PARTS[part]}`;
}
