// CloudFront Function, cloudfront-js-2.0, on viewer requests for the page. The address arrives as it was sent, without
// decoding; no file of the page has a character that could be encoded, so nothing is decoded here either.

const MAX_LENGTH = 256;

/** The page's own domain, which the deployment writes here; without one the page is at CloudFront's name. */
const DOMAIN_NAME = "";

/** An address that the page renders: a name without a dot. It must work after a reload. */
const RENDERED = /^\/[a-z-]*$/;

/** Paths that do not belong to the page. */
const RESERVED = /^\/(api|assets|auth|data)$/;

/** A file: names of plain characters; none begins with a dot. */
const FILE = /^(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/;

function handler(event) {
  const request = event.request;
  const uri = request.uri;
  if (uri.length > MAX_LENGTH || RESERVED.test(uri) || uri.indexOf("..") !== -1) return refusal();
  if (RENDERED.test(uri)) {
    if (DOMAIN_NAME !== "" && request.headers.host.value !== DOMAIN_NAME) return redirect(request);
    request.uri = "/index.html";
  } else if (!FILE.test(uri)) return refusal();
  return request;
}

/** Users sign in at one host: CloudFront's name leads to the domain. Its answers to other addresses remain. */
function redirect(request) {
  const pairs = [];
  Object.keys(request.querystring).forEach((name) => {
    const sent = request.querystring[name];
    (sent.multiValue || [sent]).forEach((one) => {
      pairs.push(one.value === "" ? name : `${name}=${one.value}`);
    });
  });
  const query = pairs.length === 0 ? "" : `?${pairs.join("&")}`;
  return {
    statusCode: 302,
    statusDescription: "Found",
    headers: {
      location: { value: `https://${DOMAIN_NAME}${request.uri}${query}` },
      "cache-control": { value: "no-store" },
    },
  };
}

function refusal() {
  return {
    statusCode: 404,
    statusDescription: "Not Found",
    headers: { "cache-control": { value: "no-store" } },
  };
}
