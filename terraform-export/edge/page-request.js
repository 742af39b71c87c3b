// CloudFront Function, cloudfront-js-2.0, on viewer requests for the page. The address arrives as it was sent, nothing
// decoded; no file of the page needs a character that could be encoded, so nothing is ever decoded here either.

const LONGEST = 256;

/** What the page draws: a name without a dot. It must survive a refresh. */
const DRAWN = /^\/[a-z-]*$/;

/** Where something else than the page stands. */
const TAKEN = /^\/(assets|auth|data)$/;

/** A file: plain names, none of which begins with a dot. */
const FILE = /^(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/;

function handler(event) {
  const request = event.request;
  const uri = request.uri;
  if (uri.length > LONGEST || TAKEN.test(uri) || uri.indexOf("..") !== -1) return refusal();
  if (DRAWN.test(uri)) request.uri = "/index.html";
  else if (!FILE.test(uri)) return refusal();
  return request;
}

function refusal() {
  return {
    statusCode: 404,
    statusDescription: "Not Found",
    headers: { "cache-control": { value: "no-store" } },
  };
}
