/** A kind of thing that CloudFront keeps as one document which a client writes whole. */
export interface Kind {
  /** The first part of its path. */
  readonly path: string;
  readonly element: string;
  readonly config: string;
  /** An update writes to `/{id}/config` rather than to `/{id}`. */
  readonly updatesConfig: boolean;
  /** The element that tells when it last changed, where there is one. */
  readonly time: "LastModifiedTime" | "CreatedTime" | null;
  readonly none: string;
  readonly exists: string;
  readonly inUse: string;
  /** Elements of other documents that name one of these by its id. */
  readonly named: readonly string[];
  /** Ids that AWS itself offers. */
  readonly managed: readonly string[];
}

const policy = (path: string, element: string, managed: readonly string[]): Kind => ({
  path,
  element,
  config: `${element}Config`,
  updatesConfig: false,
  time: "LastModifiedTime",
  none: `NoSuch${element}`,
  exists: `${element}AlreadyExists`,
  inUse: `${element}InUse`,
  named: [`${element}Id`],
  managed,
});

// moto 5.2.1 has no cache policies, no origin request policies and no response headers policies at all.
const cachePolicy = policy("cache-policy", "CachePolicy", [
  "4135ea2d-6df8-44a3-9df3-4b5a84be39ad", // CachingDisabled
  "658327ea-f89d-4fab-a63d-7e88639e58f6", // CachingOptimized
  "b2884449-e4de-46a7-ac36-70bc7f1ddd6d", // CachingOptimizedForUncompressedObjects
  "83da9c7e-98b4-4e11-a168-04f0df8e2c65", // UseOriginCacheControlHeaders
]);
const originRequestPolicy = policy("origin-request-policy", "OriginRequestPolicy", [
  "216adef6-5c7f-47e4-b989-5492eafa07d3", // AllViewer
  "b689b0a8-53d0-40ab-baf2-68738e2966ac", // AllViewerExceptHostHeader
  "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf", // CORS-S3Origin
]);
const responseHeadersPolicy = policy("response-headers-policy", "ResponseHeadersPolicy", [
  "67f7725c-6f97-4210-82d7-5512b31e9d03", // SecurityHeadersPolicy
  "60669652-455b-4ae9-85a4-c4c02393f86c", // SimpleCORS
]);

// moto 5.2.1 can neither change nor delete a key group or a public key, and gives them no config of their own.
const keyGroup: Kind = {
  ...policy("key-group", "KeyGroup", []),
  none: "NoSuchResource",
  inUse: "ResourceInUse",
  named: ["KeyGroup"],
};
const publicKey: Kind = {
  ...policy("public-key", "PublicKey", []),
  updatesConfig: true,
  time: "CreatedTime",
  named: ["PublicKey"],
};

// moto 5.2.1 has origin access controls, but asks for no version at a change and deletes what a distribution uses.
const originAccessControl: Kind = {
  ...policy("origin-access-control", "OriginAccessControl", []),
  updatesConfig: true,
  time: null,
};

export const kinds: readonly Kind[] = [
  cachePolicy,
  originRequestPolicy,
  responseHeadersPolicy,
  keyGroup,
  publicKey,
  originAccessControl,
];
