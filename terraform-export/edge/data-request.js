// CloudFront Function, cloudfront-js-2.0, on viewer requests for published files; that the cookies are good is for
// CloudFront to see. Takes the leading /data away: what is left is the key in the bucket. The address arrives as it was
// sent, nothing decoded; no key has a character that could be encoded.

/** Of a key that is ever published, the slash before it included. */
const LONGEST = 129;

/** Plain names, none of which begins with a dot. */
const KEY = /^(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/;

function handler(event) {
  const request = event.request;
  const uri = request.uri;
  const key = uri.slice("/data".length);
  if (uri.indexOf("/data/") !== 0 || key.length > LONGEST || key.indexOf("..") !== -1 || !KEY.test(key)) {
    return refusal();
  }
  request.uri = key;
  return request;
}

// The same status as for somebody without cookies and for a key that does not exist: nothing can be learned from it.
function refusal() {
  return {
    statusCode: 403,
    statusDescription: "Forbidden",
    headers: { "cache-control": { value: "no-store" } },
  };
}
