/** What came back from one request, as bytes on the wire would have it. */
export interface RawAnswer {
  readonly status: number;
  readonly type: string | null;
  readonly json: unknown;
}

/** A signature that was made for Cost Explorer in us-east-1, by nobody. */
export const SIGNED =
  "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260308/us-east-1/ce/aws4_request, SignedHeaders=host;x-amz-date, Signature=0000";

/** Asks without an SDK, so that a request may be as wrong as it likes. */
export async function rawCall(
  url: string,
  operation: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<RawAnswer> {
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `AWSInsightsIndexService.${operation}`,
      authorization: SIGNED,
      ...headers,
    },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: response.status, type: response.headers.get("content-type"), json: await response.json() };
}
