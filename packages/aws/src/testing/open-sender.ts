import type { OpenSender } from "@dapanoskop/core/sending/testing";
import { type ScriptedStep, scriptedEndpoint } from "./scripted-endpoint.ts";

/** Credentials and the address of an endpoint, for the SDK's clients. */
export interface TestAccess {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** What no outcome of a test may contain. */
export const SECRET_KEY = "secretAccessKeyOfATest";

export const accessTo = (endpoint: string): TestAccess => ({
  endpoint,
  region: "eu-central-1",
  credentials: { accessKeyId: "AKIAEXAMPLE", secretAccessKey: SECRET_KEY },
});

/** A sender whose service answers by this step, for contract suites. */
export async function withService<Sender>(
  open: (access: TestAccess) => Sender,
  step: ScriptedStep,
): Promise<OpenSender<Sender>> {
  const { url, requests, close } = await scriptedEndpoint(step);
  return { sender: open(accessTo(url)), arrived: () => requests.length, close };
}

/** A sender whose service nothing listens for. */
export async function withoutService<Sender>(
  open: (access: TestAccess) => Sender,
): Promise<OpenSender<Sender>> {
  const { url, requests, close } = await scriptedEndpoint(() => {});
  await close();
  return { sender: open(accessTo(url)), arrived: () => requests.length, close: async () => {} };
}
