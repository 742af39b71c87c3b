import type { Asking, Reply } from "./pass-on.ts";

type Json = Readonly<Record<string, unknown>>;

/**
 * How functions log, told in moto's stead. moto 5.2.1 takes a function's LoggingConfig and forgets it, so that a plan
 * would want to set it again and again.
 */
export function lambdaLogging(): (asking: Asking, reply: Reply) => Reply {
  const configs = new Map<string, Json>();
  return (asking, reply) => {
    const found = /^\/2015-03-31\/functions\/?([^/?]*)(?:\/([^/?]+))?/.exec(asking.path);
    if (asking.service !== "lambda" || found === null || reply.status >= 300) return reply;
    const [, named = "", part] = found;
    if (asking.method === "DELETE" && part === undefined) configs.delete(decodeURIComponent(named));
    if (part !== undefined && part !== "configuration") return reply;
    const said = parsed(reply.body);
    const inside = said?.Configuration as Json | undefined;
    const name = (inside ?? said)?.FunctionName;
    if (said === null || typeof name !== "string") return reply;
    if (asking.method === "POST" || asking.method === "PUT") {
      const given = parsed(asking.body)?.LoggingConfig as Json | undefined;
      configs.set(name, {
        LogFormat: "Text",
        LogGroup: `/aws/lambda/${name}`,
        ...configs.get(name),
        ...given,
      });
    }
    const LoggingConfig = configs.get(name);
    const whole =
      inside === undefined
        ? { ...said, LoggingConfig }
        : { ...said, Configuration: { ...inside, LoggingConfig } };
    return { ...reply, body: Buffer.from(JSON.stringify(whole)) };
  };
}

function parsed(body: Buffer): Json | null {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return null;
  }
}
