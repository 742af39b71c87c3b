import { CostExplorerClient, GetTagsCommand } from "@aws-sdk/client-cost-explorer";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { AskedHosts } from "@dapanoskop/doctor";
import { configuredRegion, endpointOf } from "../cost-explorer/endpoint.ts";

/** The region where none is set: STS needs one, and Cost Explorer's is this one. */
export const DEFAULT_REGION = "us-east-1";

/** Where requests would go, by the environment and the profile. Nothing is sent. */
export async function askedHosts(): Promise<AskedHosts> {
  const region = await configuredRegion();
  const place = endpointOf(region);
  return {
    region,
    costExplorer: place === null ? null : await costExplorerAddress(place.region),
    sts: await stsAddress(region ?? DEFAULT_REGION),
  };
}

async function costExplorerAddress(region: string): Promise<string> {
  const client = new CostExplorerClient({ region, credentials: NONE });
  client.middlewareStack.add(() => withoutSending, BEFORE_SIGNING);
  const TimePeriod = { Start: "2026-01-01", End: "2026-01-02" };
  return addressOf(() => client.send(new GetTagsCommand({ TimePeriod })));
}

async function stsAddress(region: string): Promise<string> {
  const client = new STSClient({ region, credentials: NONE });
  client.middlewareStack.add(() => withoutSending, BEFORE_SIGNING);
  return addressOf(() => client.send(new GetCallerIdentityCommand({})));
}

/** The SDK looks for credentials before it resolves an endpoint; nothing is signed with these. */
const NONE = { accessKeyId: "none", secretAccessKey: "none" };

/** The SDK has resolved the endpoint of a request before this step. */
const BEFORE_SIGNING = { step: "build", priority: "high", name: "dapanoskopAddress" } as const;

/** Ends a request before it is signed, with its address. */
async function withoutSending({ request }: { readonly request?: unknown }): Promise<never> {
  const field = (name: string) => String(Reflect.get(Object(request), name) ?? "");
  const port = field("port");
  throw new NotSent(`${field("protocol")}//${field("hostname")}${port === "" ? "" : `:${port}`}`);
}

class NotSent extends Error {
  override readonly name = "NotSent";
}

async function addressOf(send: () => Promise<unknown>): Promise<string> {
  try {
    await send();
  } catch (cause) {
    if (cause instanceof NotSent) return cause.message;
    throw cause;
  }
  throw new Error("The SDK sent a request that was to be ended before it.");
}
