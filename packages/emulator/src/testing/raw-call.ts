/** The response to one request. */
export interface RawAnswer {
  readonly status: number;
  readonly type: string | null;
  readonly json: unknown;
}

/** A signature for Cost Explorer in us-east-1 with an invalid value, which the emulator does not verify. */
export const SIGNED =
  "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260308/us-east-1/ce/aws4_request, SignedHeaders=host;x-amz-date, Signature=0000";

/** Sends a request without an SDK, so that it can be invalid. */
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
