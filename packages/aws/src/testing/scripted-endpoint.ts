import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

/** A request as it arrived. */
export interface ScriptedRequest {
  /** `GetCostAndUsage`, from `X-Amz-Target`. */
  readonly operation: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: IncomingMessage["headers"];
}

/** What happens to one request. */
export type Step = (response: ServerResponse, request: ScriptedRequest) => void;

export interface ScriptedEndpoint {
  readonly url: string;
  readonly requests: readonly ScriptedRequest[];
  /** The most requests that were open at one moment. */
  readonly mostAtOnce: () => number;
  close(): Promise<void>;
}

/**
 * A loopback server that plays its steps in order, one a request, and the last one for ever after. It says AWS JSON 1.1
 * as Cost Explorer does, and also what Cost Explorer never should.
 */
export async function scriptedEndpoint(...steps: readonly [Step, ...Step[]]): Promise<ScriptedEndpoint> {
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
      const target = String(request.headers["x-amz-target"] ?? "");
      const received = {
        operation: target.replace("AWSInsightsIndexService.", ""),
        // Whoever sends no JSON speaks to another service than Cost Explorer.
        body: target === "" ? {} : JSON.parse(Buffer.concat(chunks).toString("utf8")),
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
export const answers = (body: unknown): Step => says(200, JSON.stringify(body));

/** An error as AWS writes it; unmodelled ones look the same. */
export const refuses = (name: string, message: string, status = 400): Step =>
  says(status, JSON.stringify({ __type: `com.amazonaws.ce#${name}`, message }));

/** Any bytes under any status. */
export const says =
  (status: number, bytes: string, contentType = JSON_1_1): Step =>
  (response) => {
    response.writeHead(status, { "content-type": contentType }).end(bytes);
  };

/** The connection breaks before an answer. */
export const drops: Step = (response) => {
  response.socket?.destroy();
};

/** The connection breaks in the middle of a successful answer. */
export const breaksOff: Step = (response) => {
  response.writeHead(200, { "content-type": JSON_1_1, "content-length": 1_000 });
  response.write('{"ResultsByTime":[', () => setTimeout(() => response.socket?.destroy(), 10));
};

/** Takes the request and never says a word. */
export const isSilent: Step = () => {};

/** A successful answer that goes on and on, a character every so many milliseconds. */
export const trickles =
  (milliseconds: number): Step =>
  (response) => {
    response.writeHead(200, { "content-type": JSON_1_1 });
    const timer = setInterval(() => response.write(" "), milliseconds);
    response.once("close", () => clearInterval(timer));
  };

/** A step that takes its time. */
export const after =
  (milliseconds: number, step: Step): Step =>
  (response, request) => {
    setTimeout(() => step(response, request), milliseconds);
  };
