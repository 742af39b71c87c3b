import type { PlainObject } from "../../../packages/terraform/src/evaluate.ts";
import { and, block, blocks, changed, ofType, type Resources, type Rule, type Skip, unless } from "./rule.ts";

const DISTRIBUTION = "aws_cloudfront_distribution";

const behaviours = (args: PlainObject) => [
  ...blocks(args, "default_cache_behavior"),
  ...blocks(args, "ordered_cache_behavior"),
];

const everyBehaviour = (holds: (behaviour: PlainObject) => boolean) =>
  unless(DISTRIBUTION, (args) => behaviours(args).every(holds));

const default_ = (change: PlainObject) =>
  changed(DISTRIBUTION, (args) => ({
    ...args,
    default_cache_behavior: blocks(args, "default_cache_behavior").map((one) => ({ ...one, ...change })),
  }));

const without = (args: PlainObject, name: string): PlainObject =>
  Object.fromEntries(Object.entries(args).filter(([key]) => key !== name));

const originsOf = (change: (origin: PlainObject) => PlainObject) =>
  changed(DISTRIBUTION, (args) => ({ ...args, origin: blocks(args, "origin").map(change) }));

const isBucket = ({ domain_name: name }: PlainObject) => /s3|bucket_regional_domain_name/.test(String(name));

const certificate = (args: PlainObject) => block(args, "viewer_certificate");

const hsts = (args: PlainObject) =>
  block(block(args, "security_headers_config"), "strict_transport_security");

export const edgeRules: readonly Rule[] = [
  {
    ids: ["CKV_AWS_34", "AVD-AWS-0012"],
    fact: "Every behaviour speaks HTTPS only, or leads there.",
    offenders: everyBehaviour(({ viewer_protocol_policy: policy }) =>
      ["https-only", "redirect-to-https"].includes(String(policy)),
    ),
    broken: default_({ viewer_protocol_policy: "allow-all" }),
  },
  {
    ids: ["CKV_AWS_174", "AVD-AWS-0013"],
    fact: "Viewers speak TLS 1.2 or newer.",
    offenders: unless(DISTRIBUTION, (args) => certificate(args).minimum_protocol_version === "TLSv1.2_2021"),
    broken: changed(DISTRIBUTION, { viewer_certificate: [{ minimum_protocol_version: "TLSv1" }] }),
    needs:
      "domain_name: CloudFront sets no floor for its own certificate. HSTS and the buckets' policies do not depend on it.",
  },
  {
    ids: ["CKV2_AWS_42"],
    fact: "The distribution has a certificate of its own.",
    offenders: unless(DISTRIBUTION, (args) => certificate(args).acm_certificate_arn !== undefined),
    broken: changed(DISTRIBUTION, { viewer_certificate: [{ cloudfront_default_certificate: true }] }),
    needs: "domain_name: a certificate and a DNS record are the adopter's.",
  },
  {
    ids: ["CKV2_AWS_54", "CKV2_AWS_72"],
    fact: "Origins are asked by HTTPS and TLS 1.2 alone.",
    offenders: unless(DISTRIBUTION, (args) =>
      blocks(args, "origin")
        .flatMap((origin) => blocks(origin, "custom_origin_config"))
        .every(
          (config) =>
            config.origin_protocol_policy === "https-only" &&
            JSON.stringify(config.origin_ssl_protocols) === '["TLSv1.2"]',
        ),
    ),
    broken: originsOf((origin) => ({
      ...origin,
      custom_origin_config: [{ origin_protocol_policy: "match-viewer", origin_ssl_protocols: ["TLSv1"] }],
    })),
  },
  {
    ids: ["CKV2_AWS_46"],
    fact: "CloudFront proves to every origin that it asks: origin access control, of buckets and function alike.",
    offenders: unless(DISTRIBUTION, (args) =>
      blocks(args, "origin").every((origin) => origin.origin_access_control_id !== undefined),
    ),
    broken: originsOf((origin) => (isBucket(origin) ? without(origin, "origin_access_control_id") : origin)),
  },
  {
    ids: ["CKV2_AWS_32"],
    fact: "Every behaviour adds the security headers.",
    offenders: everyBehaviour((behaviour) => behaviour.response_headers_policy_id !== undefined),
    broken: changed(DISTRIBUTION, (args) => ({
      ...args,
      default_cache_behavior: blocks(args, "default_cache_behavior").map((one) =>
        without(one, "response_headers_policy_id"),
      ),
    })),
  },
  {
    ids: ["CKV_AWS_259"],
    fact: "Strict-Transport-Security for at least a year, subdomains included.",
    offenders: unless("aws_cloudfront_response_headers_policy", (args) => {
      const { access_control_max_age_sec: age, include_subdomains: sub, override } = hsts(args);
      return Number(age) >= 31_536_000 && sub === true && override === true;
    }),
    broken: changed("aws_cloudfront_response_headers_policy", { security_headers_config: [] }),
  },
  {
    ids: ["CKV2_AWS_75"],
    fact: "Nothing is open to other sites: no CORS at the edge, the function or the buckets.",
    offenders: (resources) =>
      resources
        .filter(
          ({ type, args }) =>
            type === "aws_s3_bucket_cors_configuration" ||
            blocks(args, "cors_config").length > 0 ||
            blocks(args, "cors").length > 0,
        )
        .map(({ address }) => address),
    broken: and("aws_s3_bucket_cors_configuration", { cors_rule: [{ allowed_origins: ["*"] }] }),
  },
  {
    ids: ["CKV_AWS_216"],
    fact: "The distribution is switched on.",
    offenders: unless(DISTRIBUTION, ({ enabled }) => enabled === true),
    broken: changed(DISTRIBUTION, { enabled: false }),
  },
  {
    ids: ["CKV_AWS_305"],
    fact: "The distribution's root is a file.",
    offenders: unless(DISTRIBUTION, (args) => args.default_root_object === "index.html"),
    broken: changed(DISTRIBUTION, { default_root_object: undefined }),
  },
  {
    ids: ["CKV_AWS_68", "AVD-AWS-0011"],
    fact: "A web ACL stands in front.",
    offenders: unless(DISTRIBUTION, (args) => args.web_acl_id !== undefined),
    broken: changed(DISTRIBUTION, { web_acl_id: undefined }),
    needs:
      "web_acl_arn: an ACL costs $5 a month and more by the rule, which is more than all the rest. Data wants a signed cookie with or without it.",
  },
];

const distributions = (resources: Resources, holds: (args: PlainObject) => boolean) =>
  ofType(resources, DISTRIBUTION).every(({ args }) => holds(args));

export const edgeSkips: readonly Skip[] = [
  {
    ids: ["CKV_AWS_86", "AVD-AWS-0010"],
    fact: "CloudFront writes an access log.",
    why: "It would hold people's addresses in a bucket that grows for good. When sessions were opened and refused is in the session function's log, without names.",
    holds: (resources) => distributions(resources, (args) => blocks(args, "logging_config").length > 0),
  },
  {
    ids: ["CKV2_AWS_47"],
    fact: "The web ACL has the rules against Log4j.",
    why: "Nothing here is Java; the ACL is the adopter's.",
    holds: (resources) => ofType(resources, "aws_wafv2_web_acl").length > 0,
  },
  {
    ids: ["CKV_AWS_310"],
    fact: "Origins fail over to others.",
    why: "There is one copy of the data. S3 is spread over three zones by itself.",
    holds: (resources) => distributions(resources, (args) => blocks(args, "origin_group").length > 0),
  },
  {
    ids: ["CKV_AWS_374"],
    fact: "Some countries are shut out.",
    why: "People travel; who may read is decided by signing in, not by where they are.",
    holds: (resources) =>
      distributions(resources, (args) => {
        const geo = block(block(args, "restrictions"), "geo_restriction");
        return geo.restriction_type !== "none";
      }),
  },
];
