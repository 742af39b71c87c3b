import type { ManagedResource } from "./managed-resources.ts";

/** Finds the managed resource that a bill's resource id names; `null` where there is none. */
export type ResourceMatcher = (resourceId: string) => ManagedResource | null;

/** An id that AWS makes, of EC2 and of RDS: no two resources share one, and no person calls anything so. */
const MADE_ID = /^[a-z]+-(?:[0-9a-f]{8}|[0-9a-f]{17})$|^(?:db|cluster)-[0-9A-Z]{20,}$/;

/**
 * Services whose bills name parts of a resource below its ARN, and what stands between: an index of a table, the log streams of
 * a log group, a version of a function. In others, such as ECR, `a/b` is another resource than `a`.
 */
const PARTS: Readonly<Record<string, string>> = {
  apigateway: "/",
  dynamodb: "/",
  kinesis: "/",
  lambda: ":",
  logs: ":",
  s3: "/",
  sns: ":",
};

/**
 * A resource is managed where its id on the bill is, in this order:
 * 1. an identifier of a managed resource, as it is
 * 2. an ARN of a part of a managed resource, by `PARTS`
 * 3. an ARN that ends with an id that AWS makes (`natgateway/nat-0a1b`) and a managed resource has
 * 4. the name or ARN of a managed bucket
 * A bare name is never compared with the ids of other types: a role may be called as a bucket is.
 */
export function resourceMatcher(resources: readonly ManagedResource[]): ResourceMatcher {
  const byIdentifier = new Map<string, ManagedResource>();
  const byBucket = new Map<string, ManagedResource>();
  for (const resource of resources) {
    for (const identifier of resource.identifiers) {
      if (isArn(identifier)) byIdentifier.set(plainArn(identifier), resource);
      else if (resource.type === "aws_s3_bucket") byBucket.set(identifier, resource);
      else if (MADE_ID.test(identifier)) byIdentifier.set(identifier, resource);
    }
  }
  return (resourceId) => {
    if (!isArn(resourceId)) return byBucket.get(resourceId) ?? byIdentifier.get(resourceId) ?? null;
    const arn = plainArn(resourceId);
    const found = byIdentifier.get(arn) ?? wholeOf(arn, byIdentifier);
    if (found !== null) return found;
    const [, , service, , , ...rest] = arn.split(":");
    const name = rest.join(":");
    if (service === "s3") return byBucket.get(name.split("/")[0] ?? "") ?? null;
    const last = name.split(/[/:]/).at(-1) ?? "";
    return MADE_ID.test(last) ? (byIdentifier.get(last) ?? null) : null;
  };
}

/** The resource that an ARN names a part of. */
function wholeOf(arn: string, byArn: ReadonlyMap<string, ManagedResource>): ManagedResource | null {
  const separator = PARTS[arn.split(":")[2] ?? ""];
  if (separator === undefined) return null;
  for (let at = arn.lastIndexOf(separator); at > 0; at = arn.lastIndexOf(separator, at - 1)) {
    const found = byArn.get(arn.slice(0, at));
    if (found !== undefined) return found;
  }
  return null;
}

const isArn = (text: string): boolean => text.startsWith("arn:");

/** An ARN of a log group may end with `:*`, which stands for its streams. */
const plainArn = (arn: string): string => arn.replace(/:\*$/, "");
