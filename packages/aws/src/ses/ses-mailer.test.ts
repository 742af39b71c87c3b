import { CreateEmailIdentityCommand, SESv2Client } from "@aws-sdk/client-sesv2";
import type { Mail, Mailer, SendOutcome } from "@dapanoskop/core/sending";
import { aMail, aRenderedMessage, mailerContract, someTags } from "@dapanoskop/core/sending/testing";
import { describe, expect, it } from "vitest";
import { findMoto, startMoto, withoutMoto } from "../testing/moto.ts";
import {
  accessTo,
  SECRET_KEY,
  type TestAccess,
  withoutService,
  withService,
} from "../testing/open-sender.ts";
import {
  answers,
  breaksOff,
  drops,
  isSilent,
  refuses,
  type ScriptedRequest,
  type ScriptedStep,
  says,
  scriptedEndpoint,
  trickles,
} from "../testing/scripted-endpoint.ts";
import { withoutAwsSettings } from "../testing/scripted-source.ts";
import { sesMailer } from "./index.ts";

const CONFIGURATION_SET = "dapanoskop-report";
/** A whole attempt is cut off after the sum of both. */
const TIMEOUTS = { connection: 500, request: 500 };

const mailer = (access: TestAccess): Mailer =>
  sesMailer({ configurationSet: CONFIGURATION_SET, access, timeouts: TIMEOUTS });

mailerContract(
  { describe, it, expect },
  {
    name: "SES",
    secrets: [SECRET_KEY, "AKIAEXAMPLE"],
    open: {
      accepts: () => withService(mailer, answers({ MessageId: "0100-1" })),
      "is busy": () =>
        withService(mailer, refuses("TooManyRequestsException", "Maximum sending rate exceeded.", 429)),
      refuses: () => withService(mailer, refuses("BadRequestException", "joe.doe+aws@example.org is wrong")),
      "loses the answer": () => withService(mailer, drops),
      "is not there": () => withoutService(mailer),
    },
  },
);

interface Sent {
  readonly outcome: SendOutcome;
  readonly requests: readonly ScriptedRequest[];
}

async function sent(
  step: ScriptedStep,
  own: Partial<Mail> = {},
  configurationSet: string | null = CONFIGURATION_SET,
): Promise<Sent> {
  const { url, requests, close } = await scriptedEndpoint(step);
  const ses = sesMailer({ configurationSet, access: accessTo(url), timeouts: TIMEOUTS });
  try {
    return { outcome: await ses.send(aMail(own)), requests };
  } finally {
    await close();
  }
}

describe("a mail by SES", () => {
  it("is one request with text and HTML, a subject in UTF-8, tags, header fields and the configuration set", async () => {
    const { outcome, requests } = await sent(answers({ MessageId: "0100-1" }));
    expect(outcome).toEqual({ outcome: "accepted", messageId: "0100-1" });
    expect(requests).toHaveLength(1);
    const { path, text } = requests[0] ?? { path: "", text: "{}" };
    const { subject, text: plain, html } = aRenderedMessage();
    const tags = Object.entries(someTags).map(([Name, Value]) => ({ Name, Value }));
    expect(path).toBe("/v2/email/outbound-emails");
    expect(JSON.parse(text)).toEqual({
      FromEmailAddress: "costs@example.com",
      Destination: { ToAddresses: ["jane@example.com", "joe.doe+aws@example.org"] },
      Content: {
        Simple: {
          Subject: { Data: subject, Charset: "UTF-8" },
          Body: { Text: { Data: plain, Charset: "UTF-8" }, Html: { Data: html, Charset: "UTF-8" } },
          Headers: [
            { Name: "X-Dapanoskop-Report", Value: "daily" },
            { Name: "X-Dapanoskop-Date", Value: "2026-01-14" },
            { Name: "X-Dapanoskop-Audience", Value: "everyone" },
            { Name: "X-Dapanoskop-Attempt", Value: "1" },
          ],
        },
      },
      EmailTags: tags,
      ConfigurationSetName: CONFIGURATION_SET,
    });
  });

  it("names no configuration set where there is none", async () => {
    const { requests } = await sent(answers({ MessageId: "1" }), {}, null);
    expect(JSON.parse(requests[0]?.text ?? "")).not.toHaveProperty("ConfigurationSetName");
  });

  it("has at most 50 recipients", async () => {
    const to = Array.from({ length: 51 }, (_, at) => `p${at}@example.com`);
    const { outcome, requests } = await sent(answers({}), { to });
    expect(outcome).toMatchObject({ outcome: "refused", isRetryable: false });
    expect(requests).toEqual([]);
    expect((await sent(answers({ MessageId: "1" }), { to: to.slice(1) })).outcome.outcome).toBe("accepted");
  });

  it("leaves each connection after its answer", async () => {
    const { requests } = await sent(answers({ MessageId: "1" }));
    expect(requests[0]?.headers.connection).toBe("close");
  });
});

describe("a mail that SES does not accept", () => {
  it.each([
    ["TooManyRequestsException", 429, "Too many requests"],
    ["ThrottlingException", 400, "Maximum sending rate exceeded."],
    ["LimitExceededException", 400, "Maximum sending rate exceeded."],
  ])("may be sent again later after %s", async (name, status, message) => {
    const { outcome, requests } = await sent(refuses(name, message, status));
    expect(outcome).toMatchObject({ outcome: "refused", isRetryable: true });
    expect(requests).toHaveLength(1);
  });

  const sandbox =
    "Email address is not verified. The following identities failed the check in region EU-CENTRAL-1: jane@example.com";
  it.each([
    ["a recipient in the sandbox", "MessageRejected", 400, sandbox, /request production access/],
    [
      "a sender that is not verified",
      "MessageRejected",
      400,
      "Email address is not verified. The following identities failed the check in region EU-CENTRAL-1: costs@example.com",
      /not verified in this region \("MessageRejected"\)\. Verify the domain example\.com/,
    ],
    ["content", "MessageRejected", 400, "Virus found", /SES rejected its content.*"Virus found"/],
    [
      "a MAIL FROM domain",
      "MailFromDomainNotVerifiedException",
      400,
      "x",
      /MAIL FROM domain of example\.com.*MX and SPF/,
    ],
    ["a suspended account", "AccountSuspendedException", 400, "x", /Contact AWS Support/],
    ["paused sending", "SendingPausedException", 400, "x", /enable it again/],
    [
      "a missing configuration set",
      "NotFoundException",
      404,
      "x",
      /configuration set "dapanoskop-report" does not exist.*Create it/,
    ],
    ["a wrong request", "BadRequestException", 400, "Bad tag", /SES refused it.*"Bad tag"/],
    [
      "a missing permission",
      "AccessDeniedException",
      403,
      "User: arn:aws:sts::111122223333:assumed-role/report/jane is not authorized to perform: ses:SendEmail",
      /Grant ses:SendEmail on the identity of example\.com and on the configuration set "dapanoskop-report"/,
    ],
    [
      "a used-up quota of the day",
      "TooManyRequestsException",
      429,
      "Daily message quota exceeded.",
      /quota of 24 hours is used up/,
    ],
    ["expired credentials", "ExpiredTokenException", 403, "t0ken", /no AWS credentials that work/],
    ["a wrong signature", "SignatureDoesNotMatch", 403, "t0ken", /check the secret access key/],
  ])(
    "because of %s is refused for good, and the sentence says what to do",
    async (_, name, status, words, advice) => {
      const { outcome, requests } = await sent(refuses(name, words, status));
      expect(outcome).toMatchObject({ outcome: "refused", isRetryable: false });
      const said = JSON.stringify(outcome).replaceAll('\\"', '"');
      expect(said).toMatch(advice);
      expect(said).not.toMatch(/1111|assumed-role|t0ken|jane|joe/);
      expect(requests).toHaveLength(1);
    },
  );

  it.each([
    ["500", refuses("InternalServiceErrorException", "oops", 500), /failed with status 500/],
    ["503 without a name", says(503, "busy"), /failed with status 503/],
    ["a connection that closes", drops, /did not answer \(\\"ECONNRESET\\"\)/],
    ["no answer in time", isSilent, /did not answer/],
    ["an answer that does not end", trickles(20), /not known/],
    ["an answer that breaks off", breaksOff, /not known/],
    ["an answer of a proxy", says(200, "<html>", "text/html"), /could not be read as one of SES/],
  ])("is unknown after %s, and is not sent again", async (_, step, sentence) => {
    const { outcome, requests } = await sent(step);
    expect(outcome).toMatchObject({ outcome: "unknown" });
    expect(JSON.stringify(outcome)).toMatch(sentence);
    expect(requests).toHaveLength(1);
  });

  it("was certainly not sent without a region, and without credentials", async () => {
    withoutAwsSettings();
    const noRegion = sesMailer({ configurationSet: null, access: { credentials: accessTo("").credentials } });
    expect(await noRegion.send(aMail())).toMatchObject({
      outcome: "refused",
      isRetryable: false,
      reason: expect.stringMatching(/Region is missing.*Check AWS_REGION/),
    });
    const noCredentials = sesMailer({ configurationSet: null, access: { region: "eu-central-1" } });
    expect(await noCredentials.send(aMail())).toMatchObject({
      outcome: "refused",
      isRetryable: false,
      reason: expect.stringMatching(/no AWS credentials that work/),
    });
  });

  it("was certainly not sent when its credentials do not arrive in time", async () => {
    const credentials = () => new Promise<never>(() => {});
    const slow = sesMailer({
      configurationSet: null,
      access: { region: "eu-central-1", credentials },
      timeouts: { connection: 20, request: 20 },
    });
    expect(await slow.send(aMail())).toMatchObject({ outcome: "refused", isRetryable: true });
  });

  it("is sent once more when its signature was refused for a wrong clock, which the SDK has corrected", async () => {
    const tooLate: ScriptedStep = (response) => {
      const date = new Date(Date.now() + 3_600_000).toUTCString();
      response.writeHead(403, { "content-type": "application/x-amz-json-1.1", date });
      response.end(JSON.stringify({ __type: "RequestTimeTooSkewed", message: "t0ken" }));
    };
    const { url, requests, close } = await scriptedEndpoint(tooLate, answers({ MessageId: "1" }));
    expect(await mailer(accessTo(url)).send(aMail())).toMatchObject({ outcome: "accepted" });
    expect(requests).toHaveLength(2);
    await close();
  });
});

const moto = findMoto();

describe.skipIf(moto === null)(`mail by moto's SES${withoutMoto(moto)}`, () => {
  it("is refused until the sender is verified, and then arrives with its subject and HTML", async () => {
    const server = await startMoto(moto ?? "");
    try {
      const access = accessTo(server.url);
      // Moto loads the service with its first request, which takes seconds.
      const ses = sesMailer({
        configurationSet: null,
        access,
        timeouts: { connection: 10_000, request: 30_000 },
      });
      expect(await ses.send(aMail())).toMatchObject({
        outcome: "refused",
        isRetryable: false,
        reason: expect.stringContaining("Verify the domain example.com"),
      });
      await new SESv2Client(access).send(new CreateEmailIdentityCommand({ EmailIdentity: "example.com" }));
      const outcome = await ses.send(aMail());
      expect(outcome).toMatchObject({ outcome: "accepted", messageId: expect.stringMatching(/./) });
      const data: unknown = await (await fetch(`${server.url}/moto-api/data.json`)).json();
      const arrived = {
        id: outcome.outcome === "accepted" ? outcome.messageId : "",
        source: "costs@example.com",
        subject: aRenderedMessage().subject,
        body: aRenderedMessage().html,
        destinations: { ToAddresses: aMail().to },
      };
      expect(data).toMatchObject({ ses: { Message: [arrived] } });
    } finally {
      server.stop();
    }
  });
});

it("reports the tests that were skipped", () => {
  if (moto !== null) return;
  console.warn("1 test of mail by SES was skipped: there is no moto_server on this machine.");
});
