// CloudFront Function, cloudfront-js-2.0, on viewer requests for published files. CloudFront itself verifies the cookies.
// The function removes the leading /data: what remains is the key in the bucket. The address arrives as it was sent,
// without decoding; no key has a character that could be encoded.

/** The longest key that is ever published, with the slash before it. */
const MAX_LENGTH = 129;

/** Names of plain characters; none begins with a dot. */
const KEY = /^(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/;

function handler(event) {
  const request = event.request;
  const uri = request.uri;
  const key = uri.slice("/data".length);
  if (uri.indexOf("/data/") !== 0 || key.length > MAX_LENGTH || key.indexOf("..") !== -1 || !KEY.test(key)) {
    return refusal();
  }
  request.uri = key;
  return request;
}

// The same status as without cookies and for a key that does not exist: the answer reveals nothing.
function refusal() {
  return {
    statusCode: 403,
    statusDescription: "Forbidden",
    headers: { "cache-control": { value: "no-store" } },
  };
}
