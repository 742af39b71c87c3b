import { Agent, createServer, type IncomingMessage, type ServerResponse, request as send } from "node:http";

/** A request as the proxy sees it. */
export interface ProxiedRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** The number of the put since the last `decide`, from 1; 0 for other requests. */
  readonly put: number;
}

/** The proxy forwards a request, loses it, or forwards it and loses the answer. */
export type ProxyAction = "passes" | "request-lost" | "answer-lost";

/** A loopback proxy in front of an S3 that may lose requests and answers. */
export interface LossyProxy {
  readonly url: string;
  /** Decides about every request from now on. */
  decide(action: (request: ProxiedRequest) => ProxyAction): void;
  /** Puts since the last `decide`. */
  puts(): number;
  close(): Promise<void>;
}

/**
 * Puts pass one after the other: S3 checks a condition and writes in one step, while moto first checks and then writes,
 * in threads, so that two writers may win there.
 */
export async function lossyProxyTo(target: string): Promise<LossyProxy> {
  const { hostname, port } = new URL(target);
  const agent = new Agent({ keepAlive: true });
  let actionOf: (request: ProxiedRequest) => ProxyAction = () => "passes";
  let puts = 0;
  let last: Promise<unknown> = Promise.resolve();

  function forward(incoming: IncomingMessage, body: Buffer): Promise<[IncomingMessage, Buffer]> {
    return new Promise((resolve, reject) => {
      const { method, url, headers } = incoming;
      const outgoing = send({ hostname, port, method, path: url, headers, agent }, async (answer) => {
        resolve([answer, await bytesOf(answer)]);
      });
      outgoing.once("error", reject);
      outgoing.end(body);
    });
  }

  async function pass(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "", url = "" } = incoming;
    const isPut = method === "PUT";
    const body = await bytesOf(incoming);
    if (isPut) puts += 1;
    const action = actionOf({ method, url, put: isPut ? puts : 0 });
    if (action === "request-lost") return void response.socket?.destroy();
    const turn = isPut ? last.then(() => forward(incoming, body)) : forward(incoming, body);
    if (isPut) last = turn.catch(() => undefined);
    const [answer, content] = await turn;
    if (action === "answer-lost") return void response.socket?.destroy();
    response.writeHead(answer.statusCode ?? 502, answer.headers).end(content);
  }

  const server = createServer((incoming, response) => {
    pass(incoming, response).catch(() => response.socket?.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`,
    decide(next) {
      actionOf = next;
      puts = 0;
    },
    puts: () => puts,
    close: () =>
      new Promise((resolve) => {
        agent.destroy();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
