import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { afterEach, describe, expect, it } from "vitest";
import { ParameterError, type SsmAccess, ssmParameter } from "./ssm-parameter.ts";
import { findMoto, startMoto } from "./testing/moto.ts";
import {
  answers,
  drops,
  isSilent,
  refuses,
  type ScriptedEndpoint,
  type Step,
  says,
  scriptedEndpoint,
} from "./testing/scripted-endpoint.ts";

const NAME = "/dapanoskop/session";
const VALUE = '{"host":"d111111abcdef8.cloudfront.net"}';
const holds = (Type: string, Value?: string) => answers({ Parameter: { Name: NAME, Type, Value } });

const accessTo = (endpoint: string): SsmAccess => ({
  endpoint,
  region: "eu-central-1",
  credentials: { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret" },
});

let ssm: ScriptedEndpoint;

async function aParameter(...steps: readonly [Step, ...Step[]]) {
  ssm = await scriptedEndpoint(...steps);
  return ssmParameter(NAME, accessTo(ssm.url));
}

async function failureOf(...steps: readonly [Step, ...Step[]]): Promise<ParameterError> {
  const error = await (await aParameter(...steps)).read().catch((thrown: unknown) => thrown);
  if (error instanceof ParameterError) return error;
  throw new Error(`A ParameterError was due; there was ${String(error)}`);
}

describe("a parameter", () => {
  afterEach(() => ssm.close());

  it("is read by one request for its name", async () => {
    expect(await (await aParameter(holds("String", VALUE))).read()).toBe(VALUE);
    expect(ssm.requests.map(({ operation, body }) => [operation, body])).toEqual([
      ["AmazonSSM.GetParameter", { Name: NAME }],
    ]);
  });

  it("is asked for once more when SSM was busy, or when the connection broke", async () => {
    for (const trouble of [refuses("ThrottlingException", "Rate exceeded"), says(503, "busy"), drops]) {
      expect(await (await aParameter(trouble, holds("String", VALUE))).read()).toBe(VALUE);
      expect(ssm.requests).toHaveLength(2);
      await ssm.close();
    }
  });

  it.each([
    ["is not there", refuses("ParameterNotFound", ""), 1, /none of that name in this region. Write it\.$/],
    [
      "may not be read",
      refuses("AccessDeniedException", "User: arn:aws:sts::111122223333:assumed-role/x/y may not"),
      1,
      /access denied. Grant ssm:GetParameter on it to this role\.$/,
    ],
    ["was asked for too often", refuses("ThrottlingException", "Rate exceeded"), 2, /wants fewer requests/],
    [
      "met a fault of SSM",
      refuses("InternalServerError", "oops", 500),
      2,
      /failed twice \("InternalServerError"\)/,
    ],
    [
      "was asked for with an old key",
      refuses("ExpiredTokenException", "t0ken"),
      1,
      /no AWS credentials that work/,
    ],
    ["has no possible name", refuses("ValidationException", "x"), 1, /refused it \("ValidationException"\)/],
    ["is at the end of a broken line", drops, 2, /did not answer \("ECONNRESET"\)/],
    ["is kept encrypted", holds("SecureString", "AQICAHh"), 1, /not of the type String/],
    ["came without a value", holds("String"), 1, /not of the type String/],
    ["is answered by somebody else", says(200, `<html>${VALUE}`, "text/html"), 1, /did not answer/],
  ])(
    "that %s says what to do, and nothing of AWS's words or of the value",
    async (_, step, requests, sentence) => {
      const { message } = await failureOf(step);
      expect(message).toMatch(sentence);
      expect(message.startsWith(`The parameter "${NAME}" was not read: `)).toBe(true);
      expect(message).not.toMatch(/arn:|1111|t0ken|oops|cloudfront|AQIC/);
      expect(ssm.requests).toHaveLength(requests);
    },
  );

  it("is not waited for where SSM is silent", async () => {
    expect((await failureOf(isSilent)).message).toMatch(/did not answer/);
    expect(ssm.requests).toHaveLength(2);
  });
});

const moto = findMoto();

describe.skipIf(moto === null)("a parameter at moto", () => {
  it("is what was written last, and missing by a sentence before", async () => {
    const server = await startMoto(moto ?? "");
    try {
      const access = accessTo(server.url);
      const parameter = ssmParameter(NAME, access);
      await expect(parameter.read()).rejects.toThrow(/none of that name/);
      const write = (Value: string) =>
        new SSMClient(access).send(
          new PutParameterCommand({ Name: NAME, Type: "String", Value, Overwrite: true }),
        );
      await write("{}");
      await write(VALUE);
      expect(await parameter.read()).toBe(VALUE);
    } finally {
      server.stop();
    }
  });
});

it("tells what could not be tested on this machine", () => {
  if (moto !== null) return;
  console.warn("1 test of SSM's parameters was skipped: there is no moto_server on this machine.");
});
