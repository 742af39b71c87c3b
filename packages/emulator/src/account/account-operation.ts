import type { IncomingHttpHeaders } from "node:http";

/** A request about the account and not about its costs. */
export interface AccountOperation {
  /** The service that its signature must be for. */
  readonly service: "sts" | "organizations";
  readonly name: "GetCallerIdentity" | "DescribeOrganization";
}

/** The account operation of a request; `null` of one to Cost Explorer. STS takes a form in place of JSON. */
export function accountOperationOf(headers: IncomingHttpHeaders, text: string): AccountOperation | null {
  if (headers["x-amz-target"] === "AWSOrganizationsV20161128.DescribeOrganization")
    return { service: "organizations", name: "DescribeOrganization" };
  const isForm = headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true;
  return isForm && new URLSearchParams(text).get("Action") === "GetCallerIdentity"
    ? { service: "sts", name: "GetCallerIdentity" }
    : null;
}
