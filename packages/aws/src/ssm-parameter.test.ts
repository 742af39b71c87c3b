import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { afterEach, describe, expect, it } from "vitest";
import { ParameterError, type SsmAccess, ssmParameter } from "./ssm-parameter.ts";
import { findMoto, startMoto, withoutMoto } from "./testing/moto.ts";
import {
  answers,
  drops,
  isSilent,
  refuses,
  type ScriptedEndpoint,
  type ScriptedStep,
  says,
  scriptedEndpoint,
} from "./testing/scripted-endpoint.ts";

const NAME = "/dapanoskop/session";
const VALUE = '{"host":"d111111abcdef8.cloudfront.net"}';
const gives = (Type: string, Value?: string) => answers({ Parameter: { Name: NAME, Type, Value } });

const accessTo = (endpoint: string): SsmAccess => ({
  endpoint,
  region: "eu-central-1",
  credentials: { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret" },
});

let ssm: ScriptedEndpoint;

async function aParameter(...steps: readonly [ScriptedStep, ...ScriptedStep[]]) {
  ssm = await scriptedEndpoint(...steps);
  return ssmParameter(NAME, accessTo(ssm.url));
}

async function failureOf(...steps: readonly [ScriptedStep, ...ScriptedStep[]]): Promise<ParameterError> {
  const error = await (await aParameter(...steps)).read().catch((thrown: unknown) => thrown);
  if (error instanceof ParameterError) return error;
  throw new Error(`Expected a ParameterError, not ${String(error)}`);
}

describe("a parameter", () => {
  afterEach(() => ssm.close());

  it("is read by one request for its name", async () => {
    expect(await (await aParameter(gives("String", VALUE))).read()).toBe(VALUE);
    expect(ssm.requests.map(({ operation, body }) => [operation, body])).toEqual([
      ["AmazonSSM.GetParameter", { Name: NAME }],
    ]);
  });

  it("is requested a second time when SSM was busy, and when the connection broke", async () => {
    for (const fault of [refuses("ThrottlingException", "Rate exceeded"), says(503, "busy"), drops]) {
      expect(await (await aParameter(fault, gives("String", VALUE))).read()).toBe(VALUE);
      expect(ssm.requests).toHaveLength(2);
      await ssm.close();
    }
  });

  it.each([
    ["does not exist", refuses("ParameterNotFound", ""), 1, /none of that name in this region. Write it\.$/],
    [
      "is not permitted",
      refuses("AccessDeniedException", "User: arn:aws:sts::111122223333:assumed-role/x/y may not"),
      1,
      /access denied. Grant ssm:GetParameter on it to this role\.$/,
    ],
    ["was requested too often", refuses("ThrottlingException", "Rate exceeded"), 2, /throttles the requests/],
    [
      "failed by a fault of SSM",
      refuses("InternalServerError", "oops", 500),
      2,
      /failed 2 times \("InternalServerError"\)/,
    ],
    [
      "was requested with an expired key",
      refuses("ExpiredTokenException", "t0ken"),
      1,
      /no AWS credentials that work/,
    ],
    ["has an invalid name", refuses("ValidationException", "x"), 1, /refused it \("ValidationException"\)/],
    ["failed by a broken connection", drops, 2, /did not answer \("ECONNRESET"\)/],
    ["is stored encrypted", gives("SecureString", "AQICAHh"), 1, /not of the type String/],
    ["has no value", gives("String"), 1, /not of the type String/],
    ["was answered by a proxy", says(200, `<html>${VALUE}`, "text/html"), 2, /did not answer/],
  ])(
    "that %s fails with an advice, without AWS's message or the value",
    async (_, step, requests, sentence) => {
      const { message } = await failureOf(step);
      expect(message).toMatch(sentence);
      expect(message.startsWith(`The parameter "${NAME}" was not read: `)).toBe(true);
      expect(message).not.toMatch(/arn:|1111|t0ken|oops|cloudfront|AQIC/);
      expect(ssm.requests).toHaveLength(requests);
    },
  );

  it("fails after two attempts when SSM does not answer", async () => {
    expect((await failureOf(isSilent)).message).toMatch(/did not answer/);
    expect(ssm.requests).toHaveLength(2);
  });
});

const moto = findMoto();

describe.skipIf(moto === null)(`a parameter at moto${withoutMoto(moto)}`, () => {
  it("is missing until it is written, and then the last value", async () => {
    const server = await startMoto(moto ?? "");
    try {
      const access = accessTo(server.url);
      const parameter = ssmParameter(NAME, access);
      const write = (Value: string, Name = NAME) =>
        new SSMClient(access).send(new PutParameterCommand({ Name, Type: "String", Value, Overwrite: true }));
      // Moto loads the service with its first request, which may take longer than a parameter may.
      await write("{}", "/dapanoskop/another");
      await expect(parameter.read()).rejects.toThrow(/none of that name/);
      await write("{}");
      await write(VALUE);
      expect(await parameter.read()).toBe(VALUE);
    } finally {
      server.stop();
    }
  });
});

it("reports the tests that were skipped", () => {
  if (moto !== null) return;
  console.warn("1 test of SSM's parameters was skipped: there is no moto_server on this machine.");
});
