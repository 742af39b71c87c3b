import * as v from "valibot";

/** A resource of the module with its arguments by Terraform's names, as the module's evaluation and a plan have it. */
export interface ModuleResource {
  readonly address: string;
  readonly type: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** How long the edge keeps a response, in seconds. */
export interface CacheTimes {
  readonly min: number;
  readonly max: number;
  readonly byDefault: number;
}

/** A header that the edge sets; without `override` only where the origin set none. */
export interface PolicyHeader {
  readonly name: string;
  readonly value: string;
  readonly override: boolean;
}

export interface EdgeBehavior {
  /** `*` for the default one. */
  readonly pattern: string;
  readonly originId: string;
  readonly methods: ReadonlySet<string>;
  readonly protocol: "https-only" | "redirect-to-https";
  /** Addresses of the public keys that may sign; `null`: anybody reads. */
  readonly trustedKeys: readonly string[] | null;
  /** The function of viewer requests: `page-request`. */
  readonly functionName: string | null;
  readonly times: CacheTimes;
  readonly compresses: boolean;
  /** Everything of a request but its host; else the path alone. */
  readonly forwardsAll: boolean;
  readonly headers: readonly PolicyHeader[];
}

export interface Distribution {
  readonly aliases: readonly string[];
  readonly rootObject: string;
  /** In the order in which they are compared; the default one is the last. */
  readonly behaviors: readonly EdgeBehavior[];
  /** What each origin is, by its id. */
  readonly origins: ReadonlyMap<string, "bucket" | "lambda" | "gateway">;
}

/** CloudFront's managed policies that are known here. */
const CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
const ALL_VIEWER_EXCEPT_HOST = "b689b0a8-53d0-40ab-baf2-68738e2966ac";

// Strict: an argument that this stand-in does not know could open what it says is closed.
const one = <Input, Output>(schema: v.GenericSchema<Input, Output>) =>
  v.pipe(
    v.tuple([schema]),
    v.transform(([only]): Output => only),
  );
const texts = v.optional(v.array(v.string()), []);

const behaviorSchema = v.strictObject({
  path_pattern: v.optional(v.string(), "*"),
  target_origin_id: v.string(),
  viewer_protocol_policy: v.picklist(["https-only", "redirect-to-https"]),
  allowed_methods: v.array(v.string()),
  cached_methods: v.array(v.picklist(["GET", "HEAD"])),
  compress: v.boolean(),
  cache_policy_id: v.string(),
  origin_request_policy_id: v.optional(v.literal(ALL_VIEWER_EXCEPT_HOST)),
  response_headers_policy_id: v.string(),
  trusted_key_groups: texts,
  function_association: v.optional(
    v.array(v.strictObject({ event_type: v.literal("viewer-request"), function_arn: v.string() })),
    [],
  ),
});

const distributionSchema = v.strictObject({
  enabled: v.literal(true),
  comment: v.string(),
  default_root_object: v.string(),
  http_version: v.string(),
  is_ipv6_enabled: v.boolean(),
  price_class: v.string(),
  web_acl_id: v.optional(v.string()),
  aliases: texts,
  origin: v.array(
    v.strictObject({
      origin_id: v.string(),
      domain_name: v.string(),
      origin_access_control_id: v.optional(v.string()),
      custom_origin_config: v.optional(
        one(
          v.strictObject({
            http_port: v.number(),
            https_port: v.number(),
            origin_protocol_policy: v.literal("https-only"),
            origin_ssl_protocols: v.array(v.literal("TLSv1.2")),
            origin_read_timeout: v.number(),
          }),
        ),
      ),
    }),
  ),
  default_cache_behavior: one(behaviorSchema),
  ordered_cache_behavior: v.array(behaviorSchema),
  restrictions: one(
    v.strictObject({ geo_restriction: one(v.strictObject({ restriction_type: v.literal("none") })) }),
  ),
  viewer_certificate: v.array(v.record(v.string(), v.unknown())),
});

const NONE = one(v.record(v.string(), v.literal("none")));
const cachePolicySchema = v.strictObject({
  name: v.string(),
  comment: v.string(),
  min_ttl: v.number(),
  default_ttl: v.number(),
  max_ttl: v.number(),
  parameters_in_cache_key_and_forwarded_to_origin: one(
    v.strictObject({
      cookies_config: NONE,
      headers_config: NONE,
      query_strings_config: NONE,
      enable_accept_encoding_brotli: v.boolean(),
      enable_accept_encoding_gzip: v.boolean(),
    }),
  ),
});

const override = v.literal(true);
const headersPolicySchema = v.strictObject({
  name: v.string(),
  comment: v.string(),
  security_headers_config: one(
    v.strictObject({
      content_security_policy: one(v.strictObject({ content_security_policy: v.string(), override })),
      content_type_options: one(v.strictObject({ override })),
      frame_options: one(v.strictObject({ frame_option: v.string(), override })),
      referrer_policy: one(v.strictObject({ referrer_policy: v.string(), override })),
      strict_transport_security: one(
        v.strictObject({
          access_control_max_age_sec: v.number(),
          include_subdomains: v.boolean(),
          preload: v.optional(v.literal(false)),
          override,
        }),
      ),
    }),
  ),
  custom_headers_config: one(
    v.strictObject({
      items: v.array(v.strictObject({ header: v.string(), value: v.string(), override: v.boolean() })),
    }),
  ),
});

const accessSchema = v.object({
  origin_access_control_origin_type: v.picklist(["s3", "lambda"]),
  signing_behavior: v.literal("always"),
  signing_protocol: v.literal("sigv4"),
});
const functionSchema = v.object({
  runtime: v.literal("cloudfront-js-2.0"),
  publish: v.literal(true),
  code: v.string(),
});

/**
 * The distribution of the module.
 * @throws Error at an argument that this stand-in does not know, or a reference that leads nowhere
 */
export function distributionOf(resources: readonly ModuleResource[]): Distribution {
  const page = resourceAt(resources, "aws_cloudfront_distribution.page", distributionSchema);
  const behavior = behaviorOf(resources);
  return {
    aliases: page.aliases,
    rootObject: page.default_root_object,
    behaviors: [...page.ordered_cache_behavior, page.default_cache_behavior].map(behavior),
    origins: new Map(
      page.origin.map(({ origin_id: id, origin_access_control_id: access }) => {
        if (access === undefined) return [id, "gateway"];
        const { origin_access_control_origin_type: type } = referred(resources, access, ".id", accessSchema);
        return [id, type === "s3" ? "bucket" : "lambda"];
      }),
    ),
  };
}

const behaviorOf =
  (resources: readonly ModuleResource[]) =>
  (row: v.InferOutput<typeof behaviorSchema>): EdgeBehavior => {
    const groups = row.trusted_key_groups.map(
      (id) => referred(resources, id, ".id", v.object({ items: v.array(v.string()) })).items,
    );
    const [association] = row.function_association;
    const kept =
      row.cache_policy_id === CACHING_DISABLED
        ? null
        : referred(resources, row.cache_policy_id, ".id", cachePolicySchema);
    return {
      pattern: row.path_pattern,
      originId: row.target_origin_id,
      methods: new Set(row.allowed_methods),
      protocol: row.viewer_protocol_policy,
      trustedKeys: groups.length === 0 ? null : groups.flat().map((id) => id.replace(/\.id$/, "")),
      functionName: association === undefined ? null : functionNameOf(resources, association.function_arn),
      times: { min: kept?.min_ttl ?? 0, max: kept?.max_ttl ?? 0, byDefault: kept?.default_ttl ?? 0 },
      compresses:
        row.compress &&
        kept?.parameters_in_cache_key_and_forwarded_to_origin.enable_accept_encoding_brotli === true,
      forwardsAll: row.origin_request_policy_id !== undefined,
      headers: headersOf(referred(resources, row.response_headers_policy_id, ".id", headersPolicySchema)),
    };
  };

function functionNameOf(resources: readonly ModuleResource[], arn: string): string {
  const { code } = referred(resources, arn, ".arn", functionSchema);
  const [, name] = /^file\("\$\{path\.module\}\/edge\/([a-z-]+)\.js"\)$/.exec(code) ?? [];
  if (name === undefined) throw new Error(`The code of ${arn} is not a file of edge/.`);
  return name;
}

function headersOf({
  security_headers_config: security,
  custom_headers_config: custom,
}: v.InferOutput<typeof headersPolicySchema>): readonly PolicyHeader[] {
  const { access_control_max_age_sec: age, include_subdomains: below } = security.strict_transport_security;
  const fixed = {
    "content-security-policy": security.content_security_policy.content_security_policy,
    "x-content-type-options": "nosniff",
    "x-frame-options": security.frame_options.frame_option,
    "referrer-policy": security.referrer_policy.referrer_policy,
    "strict-transport-security": `max-age=${age}${below ? "; includeSubDomains" : ""}`,
  };
  return [
    ...Object.entries(fixed).map(([name, value]) => ({ name, value, override: true })),
    ...custom.items.map(({ header, ...rest }) => ({ name: header.toLowerCase(), ...rest })),
  ];
}

function referred<Output>(
  resources: readonly ModuleResource[],
  reference: string,
  attribute: ".id" | ".arn",
  schema: v.GenericSchema<unknown, Output>,
): Output {
  if (!reference.endsWith(attribute)) throw new Error(`${reference} is no reference to ${attribute}.`);
  return resourceAt(resources, reference.slice(0, -attribute.length), schema);
}

function resourceAt<Output>(
  resources: readonly ModuleResource[],
  address: string,
  schema: v.GenericSchema<unknown, Output>,
): Output {
  const found = resources.find((resource) => resource.address === address);
  if (found === undefined) throw new Error(`${address} is not created.`);
  const parsed = v.safeParse(schema, found.args);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new Error(
    `${address}: this stand-in of CloudFront does not know ${v.getDotPath(issue)}: ${issue.message}`,
  );
}
