import { CostExplorerClient, ListCostAllocationTagsCommand } from "@aws-sdk/client-cost-explorer";
import { describe, expect, it, onTestFinished } from "vitest";
import { startEmulator } from "../emulator.ts";
import { AT, smallCompany } from "../testing/small-company.ts";

async function anEmulator(...faults: readonly string[]) {
  const emulator = await startEmulator({ source: smallCompany(), at: AT, faults });
  onTestFinished(() => emulator.close());
  return emulator;
}

const signed = (service: string, region = "us-east-1") =>
  `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260308/${region}/${service}/aws4_request, SignedHeaders=host;x-amz-date, Signature=0000`;

const callerIdentity = (url: string, authorization = signed("sts", "eu-central-1")) =>
  fetch(url, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", authorization },
    body: "Action=GetCallerIdentity&Version=2011-06-15",
  });

const organization = (url: string) =>
  fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "AWSOrganizationsV20161128.DescribeOrganization",
      authorization: signed("organizations"),
    },
    body: "{}",
  });

describe("the account of the emulator", () => {
  it("says whose credentials these are, in every region", async () => {
    const { url, requests } = await anEmulator();
    const answer = await callerIdentity(url);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain("<Account>123456789012</Account>");
    expect(requests.map(({ operation }) => operation)).toEqual(["GetCallerIdentity"]);
  });

  it("refuses a signature for another service", async () => {
    const { url } = await anEmulator();
    const answer = await callerIdentity(url, signed("ce"));
    expect([answer.status, await answer.text()]).toEqual([
      400,
      expect.stringContaining("Credential should be scoped to correct service: 'sts'."),
    ]);
  });

  it("is the management account of its organization, or a member with a fault", async () => {
    const own = await (await organization((await anEmulator()).url)).text();
    expect(own).toContain('"MasterAccountId":"123456789012"');
    const other = await (await organization((await anEmulator("member-account")).url)).text();
    expect(other).toContain('"MasterAccountId":"210987654321"');
  });

  it("is not reached by faults of Cost Explorer unless they name its operation", async () => {
    const { url, inject } = await anEmulator("deny", "throttle:1");
    expect((await callerIdentity(url)).status).toBe(200);
    inject("deny@GetCallerIdentity");
    expect(await (await callerIdentity(url)).text()).toContain("<Code>AccessDeniedException</Code>");
  });

  it("does not count requests about the account for faults of Cost Explorer", async () => {
    const { url } = await anEmulator("throttle:1");
    await callerIdentity(url);
    const client = tagsClient(url);
    await expect(client.send(new ListCostAllocationTagsCommand({}))).rejects.toMatchObject({
      name: "LimitExceededException",
    });
  });
});

const tagsClient = (endpoint: string) =>
  new CostExplorerClient({
    endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "any", secretAccessKey: "any" },
    maxAttempts: 1,
  });

describe("ListCostAllocationTags", () => {
  const tags = async (
    url: string,
    more: { MaxResults?: number; TagKeys?: string[]; Status?: "Inactive" } = {},
  ) => (await tagsClient(url).send(new ListCostAllocationTagsCommand(more))).CostAllocationTags;

  it("lists the tag keys of the bill as active", async () => {
    const { url } = await anEmulator();
    expect(await tags(url)).toContainEqual(
      expect.objectContaining({ TagKey: "App", Status: "Active", Type: "UserDefined" }),
    );
    expect(await tags(url, { Status: "Inactive" })).toEqual([]);
    expect(await tags(url, { TagKeys: ["nothing"] })).toEqual([]);
  });

  it("lists them as inactive, or as activated on a day, with faults", async () => {
    const { url, inject, heal } = await anEmulator("inactive-tags");
    expect((await tags(url))?.map(({ Status }) => Status)).not.toContain("Active");
    heal();
    inject("tags-activated=2026-03-07");
    expect((await tags(url))?.[0]?.LastUpdatedDate).toBe("2026-03-07T00:00:00Z");
  });
});
