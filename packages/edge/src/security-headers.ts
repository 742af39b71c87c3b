/** The Content-Security-Policy: documents load, run and send to our own origin only, and run nothing inline. */
const contentSecurityPolicy: Readonly<Record<string, readonly string[]>> = {
  "default-src": ["'none'"],
  // wasm: the parquet reader
  "script-src": ["'self'", "'wasm-unsafe-eval'"],
  "style-src": ["'self'"],
  "img-src": ["'self'"],
  "font-src": ["'self'"],
  "connect-src": ["'self'"],
  "worker-src": ["'self'"],
  "manifest-src": ["'self'"],
  "frame-ancestors": ["'none'"],
  "object-src": ["'none'"],
  "base-uri": ["'none'"],
  "form-action": ["'none'"],
};

/** Browser features that the Permissions-Policy denies to the page. */
const refusedFeatures = [
  "accelerometer",
  "browsing-topics",
  "camera",
  "display-capture",
  "encrypted-media",
  "geolocation",
  "gyroscope",
  "hid",
  "idle-detection",
  "local-fonts",
  "magnetometer",
  "microphone",
  "midi",
  "payment",
  "publickey-credentials-get",
  "screen-wake-lock",
  "serial",
  "usb",
  "xr-spatial-tracking",
] as const;

/** The headers of every response of `serve` and of the deployment, by lower-case name. */
export const securityHeaders: Readonly<Record<string, string>> = {
  "content-security-policy": Object.entries(contentSecurityPolicy)
    .map(([directive, sources]) => [directive, ...sources].join(" "))
    .join("; "),
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
  "permissions-policy": refusedFeatures.map((feature) => `${feature}=()`).join(", "),
};

/** Strict-Transport-Security, for the deployment only. It must not be sent over HTTP (RFC 6797, 7.2), which `serve` uses. */
export const strictTransport = {
  /** Two years, in seconds. */
  maxAge: 63_072_000,
  includeSubdomains: true,
} as const;

/** The headers of every response of the deployment. */
export const deployedHeaders: Readonly<Record<string, string>> = {
  ...securityHeaders,
  "strict-transport-security": `max-age=${strictTransport.maxAge}; includeSubDomains`,
};
