import { ApiProblem } from "../api-problem.ts";

/** Bytes of a plan, whether it arrives compressed or not. */
export const LONGEST_PLAN = 10_000_000;

/**
 * The body of a request, decompressed where it is gzip. Both forms are bounded while they are read, so a body that unpacks
 * to more is refused after `limit` bytes.
 * @throws ApiProblem `too_large`, `unsupported_media_type`, `bad_request`
 */
export async function readBody(request: Request, limit: number): Promise<Uint8Array> {
  const stated = request.headers.get("content-length");
  if (stated !== null && Number(stated) > limit) throw tooLarge(limit);
  const encoding = (request.headers.get("content-encoding") ?? "identity").trim().toLowerCase();
  if (encoding !== "identity" && encoding !== "gzip") {
    throw new ApiProblem(
      "unsupported_media_type",
      "The body may be plain or gzip: content-encoding has another value.",
    );
  }
  if (request.body === null) return new Uint8Array();
  const plain = bounded(request.body, limit);
  if (encoding === "identity") return collected(plain, limit);
  try {
    return await collected(plain.pipeThrough(new DecompressionStream("gzip")), limit);
  } catch (cause) {
    if (cause instanceof ApiProblem) throw cause;
    throw new ApiProblem("bad_request", "The body is not gzip, as its content-encoding says.", { cause });
  }
}

/** Passes bytes on until there are too many. */
function bounded(stream: ReadableStream<Uint8Array>, limit: number): ReadableStream<Uint8Array<ArrayBuffer>> {
  let bytes = 0;
  return stream.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array<ArrayBuffer>>({
      transform(chunk, controller) {
        bytes += chunk.length;
        if (bytes > limit) controller.error(tooLarge(limit));
        else controller.enqueue(new Uint8Array(chunk));
      },
    }),
  );
}

async function collected(stream: ReadableStream<Uint8Array>, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  const body = new Uint8Array(bytes);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
}

function tooLarge(limit: number): ApiProblem {
  return new ApiProblem(
    "too_large",
    `The body is larger than ${limit.toLocaleString("en-US")} bytes, the most that is read here` +
      `${limit === LONGEST_PLAN ? ". Split the root module, or leave large values out of the plan." : "."}`,
  );
}
