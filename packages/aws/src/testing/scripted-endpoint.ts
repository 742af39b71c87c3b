import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

/** A request as it arrived. */
export interface ScriptedRequest {
  /** `GetCostAndUsage`, from `X-Amz-Target`. */
  readonly operation: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** `/v2/email/outbound-emails` */
  readonly path: string;
  /** The body as it arrived. */
  readonly text: string;
  readonly headers: IncomingMessage["headers"];
}

/** Answers one request, or does not. */
export type ScriptedStep = (response: ServerResponse, request: ScriptedRequest) => void;

export interface ScriptedEndpoint {
  readonly url: string;
  readonly requests: readonly ScriptedRequest[];
  /** The most requests that were open at one moment. */
  readonly mostAtOnce: () => number;
  close(): Promise<void>;
}

/**
 * A loopback server that answers by its steps in order, one a request, and by the last one from then on: with AWS JSON
 * 1.1 as Cost Explorer does, and with answers that Cost Explorer never gives.
 */
export async function scriptedEndpoint(
  ...steps: readonly [ScriptedStep, ...ScriptedStep[]]
): Promise<ScriptedEndpoint> {
  const requests: ScriptedRequest[] = [];
  let open = 0;
  let most = 0;
  const server = createServer((request, response) => {
    open += 1;
    most = Math.max(most, open);
    response.once("close", () => {
      open -= 1;
    });
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const text = Buffer.concat(chunks).toString("utf8");
      const target = String(request.headers["x-amz-target"] ?? "");
      const received = {
        operation: target.replace("AWSInsightsIndexService.", ""),
        // A request without this header is one to a service that takes no AWS JSON.
        body: target === "" ? {} : JSON.parse(text),
        path: request.url ?? "",
        text,
        headers: request.headers,
      };
      requests.push(received);
      const step = steps[Math.min(requests.length, steps.length) - 1] ?? steps[0];
      step(response, received);
    });
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    mostAtOnce: () => most,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
}

const JSON_1_1 = "application/x-amz-json-1.1";

/** A successful answer. */
export const answers = (body: unknown): ScriptedStep => says(200, JSON.stringify(body));

/** An error as AWS writes it; unmodelled ones look the same. */
export const refuses = (name: string, message: string, status = 400): ScriptedStep =>
  says(status, JSON.stringify({ __type: `com.amazonaws.ce#${name}`, message }));

/** Any bytes under any status. */
export const says =
  (status: number, bytes: string, contentType = JSON_1_1): ScriptedStep =>
  (response) => {
    response.writeHead(status, { "content-type": contentType }).end(bytes);
  };

/** The connection breaks before an answer. */
export const drops: ScriptedStep = (response) => {
  response.socket?.destroy();
};

/** The connection breaks in the middle of a successful answer. */
export const breaksOff: ScriptedStep = (response) => {
  response.writeHead(200, { "content-type": JSON_1_1, "content-length": 1_000 });
  response.write('{"ResultsByTime":[', () => setTimeout(() => response.socket?.destroy(), 10));
};

/** Receives the request and never answers. */
export const isSilent: ScriptedStep = () => {};

/** A successful answer without an end, a character every so many milliseconds. */
export const trickles =
  (milliseconds: number): ScriptedStep =>
  (response) => {
    response.writeHead(200, { "content-type": JSON_1_1 });
    const timer = setInterval(() => response.write(" "), milliseconds);
    response.once("close", () => clearInterval(timer));
  };

/** A step that begins after so many milliseconds. */
export const after =
  (milliseconds: number, step: ScriptedStep): ScriptedStep =>
  (response, request) => {
    setTimeout(() => step(response, request), milliseconds);
  };
