import { Agent, createServer, type IncomingMessage, type ServerResponse, request as send } from "node:http";

/** A request on its way. */
export interface Passing {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** The how-manieth put since the wire was last told what to do; 0 for what is none. */
  readonly put: number;
}

/** What the wire does with a request: lets it pass, loses it, or lets it pass and loses the answer. */
export type Fate = "passes" | "request-lost" | "answer-lost";

/** A loopback proxy in front of an S3 that may lose requests and answers. */
export interface Wire {
  readonly url: string;
  /** From now on this decides. */
  decide(fate: (passing: Passing) => Fate): void;
  /** Puts since then. */
  puts(): number;
  close(): Promise<void>;
}

/**
 * Puts pass one after the other: S3 judges a condition and writes in one step, while moto looks first and writes after,
 * in threads, so that two writers may win there.
 */
export async function wireTo(target: string): Promise<Wire> {
  const { hostname, port } = new URL(target);
  const agent = new Agent({ keepAlive: true });
  let fate: (passing: Passing) => Fate = () => "passes";
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
    const what = fate({ method, url, put: isPut ? puts : 0 });
    if (what === "request-lost") return void response.socket?.destroy();
    const turn = isPut ? last.then(() => forward(incoming, body)) : forward(incoming, body);
    if (isPut) last = turn.catch(() => undefined);
    const [answer, content] = await turn;
    if (what === "answer-lost") return void response.socket?.destroy();
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
      fate = next;
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
