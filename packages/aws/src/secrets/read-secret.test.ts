import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { afterEach, describe, expect, it } from "vitest";
import { findMoto, startMoto, withoutMoto } from "../testing/moto.ts";
import { accessTo } from "../testing/open-sender.ts";
import {
  answers,
  drops,
  isSilent,
  refuses,
  type ScriptedEndpoint,
  type ScriptedStep,
  says,
  scriptedEndpoint,
} from "../testing/scripted-endpoint.ts";
import { SecretError, secretReader } from "./index.ts";

const ARN = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:dapanoskop/slack-AbCdEf";
const URL_OF_WEBHOOK = "https://hooks.example.com/services/T0KEN";

const gives = (SecretString?: string) => answers({ ARN, Name: "dapanoskop/slack", SecretString });

let service: ScriptedEndpoint;

interface TestReader {
  readonly read: (arn?: string) => Promise<string>;
  /** Lets so many milliseconds pass. */
  readonly pass: (milliseconds: number) => void;
}

async function aReader(...steps: readonly [ScriptedStep, ...ScriptedStep[]]): Promise<TestReader> {
  service = await scriptedEndpoint(...steps);
  const { endpoint, credentials } = accessTo(service.url);
  let time = 0;
  const reader = secretReader({ access: { endpoint, credentials }, elapsed: () => time });
  return {
    read: (arn = ARN) => reader(arn),
    pass: (milliseconds) => {
      time += milliseconds;
    },
  };
}

async function failureOf(read: Promise<string>): Promise<SecretError> {
  const error = await read.catch((thrown: unknown) => thrown);
  if (error instanceof SecretError) return error;
  throw new Error("Expected a SecretError.");
}

describe("a secret", () => {
  afterEach(() => service.close());

  it.each([
    ["the URL itself", URL_OF_WEBHOOK],
    ["the URL with space around it", ` ${URL_OF_WEBHOOK}\n`],
    ["JSON with the URL", JSON.stringify({ url: URL_OF_WEBHOOK, owner: "ops" })],
  ])("is %s", async (_, value) => {
    const { read } = await aReader(gives(value));
    expect(await read()).toBe(URL_OF_WEBHOOK);
    expect(service.requests.map(({ operation, body }) => [operation, body])).toEqual([
      ["secretsmanager.GetSecretValue", { SecretId: ARN }],
    ]);
    expect(service.requests[0]?.headers.authorization).toContain("/eu-central-1/secretsmanager/");
  });

  it("is requested once in five minutes, by however many readers at once", async () => {
    const { read, pass } = await aReader(gives(URL_OF_WEBHOOK), gives(`${URL_OF_WEBHOOK}/new`));
    expect(await Promise.all([read(), read()])).toEqual([URL_OF_WEBHOOK, URL_OF_WEBHOOK]);
    pass(299_999);
    expect(await read()).toBe(URL_OF_WEBHOOK);
    expect(service.requests).toHaveLength(1);
    pass(1);
    expect(await read()).toBe(`${URL_OF_WEBHOOK}/new`);
    expect(service.requests).toHaveLength(2);
  });

  it("that was not read is requested again", async () => {
    const { read } = await aReader(refuses("AccessDeniedException", "no"), gives(URL_OF_WEBHOOK));
    await failureOf(read());
    expect(await read()).toBe(URL_OF_WEBHOOK);
  });

  it("is one of several, each with its own value", async () => {
    const { read } = await aReader(gives("https://a.example"), gives("https://b.example"));
    expect(await read()).toBe("https://a.example");
    expect(await read(`${ARN.slice(0, -1)}g`)).toBe("https://b.example");
    expect(await read()).toBe("https://a.example");
  });

  it("is requested a second time when the service was busy, and when the connection broke", async () => {
    for (const fault of [refuses("ThrottlingException", "Rate exceeded"), says(503, "busy"), drops]) {
      const { read } = await aReader(fault, gives(URL_OF_WEBHOOK));
      expect(await read()).toBe(URL_OF_WEBHOOK);
      await service.close();
    }
  });

  it.each([
    [
      "is not permitted",
      refuses(
        "AccessDeniedException",
        "User: arn:aws:sts::111122223333:assumed-role/x/jane is not authorized to perform: secretsmanager:GetSecretValue",
      ),
      /Grant secretsmanager:GetSecretValue on it to this role\.$/,
    ],
    [
      "is encrypted with a key that is denied",
      refuses("AccessDeniedException", "Access to KMS is not allowed"),
      /Grant kms:Decrypt on it to this role, in the role's policy and in the key's own/,
    ],
    ["is encrypted with a key that fails", refuses("DecryptionFailure", "x"), /Grant kms:Decrypt/],
    ["does not exist", refuses("ResourceNotFoundException", "x"), /does not exist.*Create it/],
    ["is being deleted", refuses("InvalidRequestException", "x"), /marked for deletion.*Restore it/],
    ["is requested wrongly", refuses("ValidationException", "x"), /refused it/],
    ["is requested too often", refuses("ThrottlingException", "x"), /Try again in a minute/],
    ["is behind a failure", refuses("InternalServiceError", "x", 500), /failed 2 times/],
    ["is behind a closed connection", drops, /did not answer \("ECONNRESET"\)/],
    ["is not answered", isSilent, /did not answer/],
    [
      "is requested with expired keys",
      refuses("ExpiredTokenException", "t0ken"),
      /no AWS credentials that work/,
    ],
    ["is binary", gives(), /neither a URL nor JSON/],
    ["is no URL", gives("T0KEN"), /neither a URL nor JSON/],
    [
      "is JSON without the URL",
      gives('{"webhook":"https://hooks.example.com/T0KEN"}'),
      /neither a URL nor JSON/,
    ],
    ["is half of JSON", gives('{"url":"https://hooks.example.com/T0KEN"'), /neither a URL nor JSON/],
    ["is JSON with a number", gives('{"url":5}'), /neither a URL nor JSON/],
  ])(
    "that %s fails with an advice, without AWS's words, the account or the value",
    async (_, step, advice) => {
      const { read } = await aReader(step);
      const error = await failureOf(read());
      expect(error.message).toMatch(advice);
      expect(error.message.startsWith('The secret "dapanoskop/slack-AbCdEf" was not read: ')).toBe(true);
      expect(`${error.message} ${error.stack} ${JSON.stringify(error)}`).not.toMatch(/1111|T0KEN|t0ken|jane/);
      expect(error.cause).toBeUndefined();
    },
  );

  it.each([
    "",
    "dapanoskop/slack",
    "https://hooks.example.com/T0KEN",
    `${ARN}\n`,
    ARN.replace("secret:", ""),
  ])("named %j, which is no ARN of a secret, is not requested", async (arn) => {
    const { read } = await aReader(gives(URL_OF_WEBHOOK));
    const { message } = await failureOf(read(arn));
    expect(message).toMatch(/not the ARN of a secret/);
    expect(message).not.toContain("T0KEN");
    expect(service.requests).toEqual([]);
  });
});

const moto = findMoto();

describe.skipIf(moto === null)(`a secret of moto${withoutMoto(moto)}`, () => {
  it("is missing until it is created", async () => {
    const server = await startMoto(moto ?? "");
    try {
      const { endpoint, region, credentials } = accessTo(server.url);
      const client = new SecretsManagerClient({ endpoint, region, credentials });
      // Moto loads the service with its first request, which takes longer than a secret may.
      const create = (Name: string) =>
        client.send(new CreateSecretCommand({ Name, SecretString: `{"url":"${URL_OF_WEBHOOK}"}` }));
      await create("another");
      const read = secretReader({ access: { endpoint, credentials } });
      const missing = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:missing-AbCdEf";
      expect((await failureOf(read(missing))).message).toMatch(/does not exist/);
      const { ARN: arn = "" } = await create("dapanoskop/slack");
      expect(await read(arn)).toBe(URL_OF_WEBHOOK);
    } finally {
      server.stop();
    }
  });
});

it("reports the tests that were skipped", () => {
  if (moto !== null) return;
  console.warn("1 test of secrets was skipped: there is no moto_server on this machine.");
});
