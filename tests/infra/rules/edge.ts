import type { PlainObject } from "../../../packages/terraform/src/evaluate.ts";
import {
  and,
  at,
  blocks,
  changed,
  every,
  has,
  type Rule,
  rule,
  type Skip,
  skip,
  those,
  unless,
} from "./rule.ts";

const DISTRIBUTION = "aws_cloudfront_distribution";
const HEADERS = "aws_cloudfront_response_headers_policy";
const HSTS = "security_headers_config.strict_transport_security";

const distribution = (isTrue: (args: PlainObject) => boolean) => unless(DISTRIBUTION, isTrue);

const everyBehaviour = (isTrue: (behaviour: PlainObject) => boolean) =>
  distribution((args) =>
    [...blocks(args, "default_cache_behavior"), ...blocks(args, "ordered_cache_behavior")].every(isTrue),
  );

/** Changes every block of a name; `undefined` removes an argument. */
const changedBlocks = (name: string, change: Readonly<Record<string, PlainObject[string] | undefined>>) =>
  changed(DISTRIBUTION, (args) => ({
    [name]: blocks(args, name).map((one) => {
      const entries = Object.entries({ ...one, ...change }).filter(([, value]) => value !== undefined);
      return Object.fromEntries(entries) as PlainObject;
    }),
  }));

export const edgeRules: readonly Rule[] = [
  rule(
    "CKV_AWS_34 AVD-AWS-0012: Every behaviour accepts HTTPS alone, or redirects to it.",
    everyBehaviour(({ viewer_protocol_policy: policy }) =>
      ["https-only", "redirect-to-https"].includes(String(policy)),
    ),
    changedBlocks("default_cache_behavior", { viewer_protocol_policy: "allow-all" }),
  ),
  rule(
    "CKV_AWS_174 AVD-AWS-0013: Viewers use TLS 1.2 or newer.",
    distribution((args) => at(args, "viewer_certificate.minimum_protocol_version") === "TLSv1.2_2021"),
    changed(DISTRIBUTION, { viewer_certificate: [{ minimum_protocol_version: "TLSv1" }] }),
    {
      needs:
        "domain_name: CloudFront has no minimum for its own certificate. HSTS and the buckets' policies do not depend on it.",
    },
  ),
  rule(
    "CKV2_AWS_42: The distribution has a certificate of its own.",
    distribution((args) => at(args, "viewer_certificate.acm_certificate_arn") !== undefined),
    changed(DISTRIBUTION, { viewer_certificate: [{ cloudfront_default_certificate: true }] }),
    { needs: "domain_name: a certificate and a DNS record are the adopter's." },
  ),
  rule(
    "CKV2_AWS_54 CKV2_AWS_72: CloudFront uses HTTPS and TLS 1.2 for every origin.",
    distribution((args) =>
      blocks(args, "origin")
        .flatMap((origin) => blocks(origin, "custom_origin_config"))
        .every(
          (config) =>
            config.origin_protocol_policy === "https-only" &&
            JSON.stringify(config.origin_ssl_protocols) === '["TLSv1.2"]',
        ),
    ),
    changedBlocks("origin", {
      custom_origin_config: [{ origin_protocol_policy: "match-viewer", origin_ssl_protocols: ["TLSv1"] }],
    }),
  ),
  rule(
    "CKV2_AWS_46: CloudFront signs its requests to every origin: buckets and function.",
    distribution((args) => blocks(args, "origin").every((one) => one.origin_access_control_id !== undefined)),
    changedBlocks("origin", { origin_access_control_id: undefined }),
  ),
  rule(
    "CKV2_AWS_32: Every behaviour adds the security headers.",
    everyBehaviour((behaviour) => behaviour.response_headers_policy_id !== undefined),
    changedBlocks("default_cache_behavior", { response_headers_policy_id: undefined }),
  ),
  rule(
    "CKV_AWS_259: Strict-Transport-Security is sent for at least a year, subdomains included.",
    unless(
      HEADERS,
      (args) =>
        Number(at(args, `${HSTS}.access_control_max_age_sec`)) >= 31_536_000 &&
        at(args, `${HSTS}.include_subdomains`) === true &&
        at(args, `${HSTS}.override`) === true,
    ),
    changed(HEADERS, { security_headers_config: [] }),
  ),
  rule(
    "CKV2_AWS_75: No other site has access: neither CloudFront, the function nor a bucket has CORS.",
    those(
      ({ type, args }) =>
        type === "aws_s3_bucket_cors_configuration" ||
        [...blocks(args, "cors_config"), ...blocks(args, "cors")].length > 0,
    ),
    and("aws_s3_bucket_cors_configuration", { cors_rule: [{ allowed_origins: ["*"] }] }),
  ),
  rule(
    "CKV_AWS_216: The distribution is enabled.",
    distribution(({ enabled }) => enabled === true),
    changed(DISTRIBUTION, { enabled: false }),
  ),
  rule(
    "CKV_AWS_305: The distribution has a default root object.",
    distribution((args) => args.default_root_object === "index.html"),
    changed(DISTRIBUTION, { default_root_object: undefined }),
  ),
  rule(
    "CKV_AWS_68 AVD-AWS-0011: The distribution has a web ACL.",
    distribution((args) => args.web_acl_id !== undefined),
    changed(DISTRIBUTION, { web_acl_id: undefined }),
    {
      needs:
        "web_acl_arn: an ACL costs $5 a month and more for each rule, which is more than everything else. Data needs a signed cookie with or without it.",
    },
  ),
];

export const edgeSkips: readonly Skip[] = [
  skip(
    "CKV_AWS_86 AVD-AWS-0010: CloudFront writes an access log.",
    "It would contain people's addresses, in a bucket that grows for good. The session function logs which sessions were opened and refused, without names.",
    every(DISTRIBUTION, (args) => blocks(args, "logging_config").length > 0),
  ),
  skip(
    "CKV2_AWS_47: The web ACL has the rules against Log4j.",
    "Nothing here is Java; the ACL is the adopter's.",
    has("aws_wafv2_web_acl"),
  ),
  skip(
    "CKV_AWS_310: Origins fail over to others.",
    "There is one copy of the data, and S3 stores it in three zones.",
    every(DISTRIBUTION, (args) => blocks(args, "origin_group").length > 0),
  ),
  skip(
    "CKV_AWS_374: Some countries are excluded.",
    "People travel; access is decided by sign-in, not by place.",
    every(DISTRIBUTION, (args) => at(args, "restrictions.geo_restriction.restriction_type") !== "none"),
  ),
];
