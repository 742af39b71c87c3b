import { pipeline, Readable, Transform, type TransformCallback } from "node:stream";
import { NodeHttpHandler, type NodeHttpHandlerOptions } from "@smithy/node-http-handler";
import { LongAnswerError } from "./long-answer-error.ts";

type Handled = ReturnType<NodeHttpHandler["handle"]>;

/** An error of a request for a part of an object has a body of its own. In bytes. */
const LONGEST_ERROR = 1 << 20;

/**
 * The SDK's handler of HTTP, which reads at most so many bytes of an answer. The SDK collects an answer whole before it
 * parses it, so that an answer without an end would use up the memory of the process.
 */
export class BoundedHandler extends NodeHttpHandler {
  readonly #limit: number;

  constructor(options: NodeHttpHandlerOptions, limit: number) {
    super(options);
    this.#limit = limit;
  }

  override async handle(...[request, options]: Parameters<NodeHttpHandler["handle"]>): Handled {
    const handled = await super.handle(request, options);
    const body: unknown = handled.response.body;
    // The answer to a HEAD says how long the object is, and has no body.
    if (!(body instanceof Readable) || request.method === "HEAD") return handled;
    const limit = partLength(request.headers.range) ?? this.#limit;
    if (Number(handled.response.headers["content-length"]) > limit) {
      body.destroy();
      throw new LongAnswerError(limit);
    }
    // The reader of the last stream gets every error of the first one.
    handled.response.body = pipeline(body, bounded(limit), () => {});
    return handled;
  }
}

/** The longest answer to a request for a part of an object, `bytes=0-1023`; `null` for any other request. */
function partLength(range: string | undefined): number | null {
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range ?? "") ?? [];
  return last === undefined ? null : Math.max(Number(last) - Number(first) + 1, LONGEST_ERROR);
}

function bounded(limit: number): Transform {
  let length = 0;
  return new Transform({
    transform(chunk: Uint8Array, _: BufferEncoding, done: TransformCallback) {
      length += chunk.byteLength;
      if (length > limit) done(new LongAnswerError(limit));
      else done(null, chunk);
    },
  });
}
