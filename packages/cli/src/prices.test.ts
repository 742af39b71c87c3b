import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parsePriceBook, shippedBook } from "@dapanoskop/core/pricing";
import { afterEach, describe, expect, it, vi } from "vitest";
import { priceListAnswers, type StandInProduct } from "../../aws/src/testing/price-list-stand-in.ts";
import { type ScriptedEndpoint, scriptedEndpoint } from "../../aws/src/testing/scripted-endpoint.ts";
import { aFolder } from "./testing/a-folder.ts";
import { dapanoskop } from "./testing/run-command.ts";

const nat: StandInProduct = {
  service: "AmazonEC2",
  usageType: "EUC1-NatGateway-Hours",
  region: "eu-central-1",
  operation: "NatGateway",
  unit: "Hrs",
  tiers: [["0", "0.0520000000"]],
};
const plan = {
  format_version: "1.2",
  terraform_version: "1.11.4",
  resource_changes: [
    {
      address: "aws_nat_gateway.this",
      mode: "managed",
      type: "aws_nat_gateway",
      name: "this",
      provider_name: "registry.terraform.io/hashicorp/aws",
      change: {
        actions: ["create"],
        before: null,
        after: { connectivity_type: "public" },
        after_unknown: {},
      },
    },
  ],
  configuration: {},
};

const at = "2026-12-01T06:00:00Z";

let endpoint: ScriptedEndpoint | null = null;

async function aPriceList(...products: readonly StandInProduct[]): Promise<string> {
  endpoint = await scriptedEndpoint(priceListAnswers(products));
  vi.stubEnv("AWS_ENDPOINT_URL_PRICING", endpoint.url);
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
  const folder = dirname(await aFolder());
  await writeFile(join(folder, "plan.json"), JSON.stringify(plan));
  return folder;
}

afterEach(async () => {
  vi.unstubAllEnvs();
  await endpoint?.close();
  endpoint = null;
});

describe("dapanoskop prices update", () => {
  it("asks for what a plan uses, says how many requests, and writes a book that plan uses", async () => {
    const folder = await aPriceList(nat, { ...nat, usageType: "EUC1-NatGateway-Bytes", unit: "GB" });
    const file = join(folder, "prices.json");
    const planFile = join(folder, "plan.json");
    const argv = ["prices", "update", "--plan", planFile, "--region", "eu-central-1", "--out", file];
    const { code, out, err } = await dapanoskop(argv, { at });
    expect(err).toBe("Asking AWS's price list for 2 usage types: at least 2 requests, which cost nothing.\n");
    expect(out).toContain(`2 prices in ${file}, by 2 requests.`);
    expect(code).toBe(0);
    const priced = await dapanoskop([
      ...["plan", planFile, "--region", "eu-central-1", "--format", "json"],
      ...["--prices", file, "--store", join(folder, "none")],
    ]);
    const [resource] = JSON.parse(priced.out).resources;
    expect(resource.parts[0]).toMatchObject({ monthly_after: "37.96" }); // 730 × 0.052
  });

  it("asks once for each usage type of each region, and names what AWS does not list", async () => {
    const folder = await aPriceList(nat);
    const file = join(folder, "prices.json");
    const { err } = await dapanoskop(["prices", "update", "--region", "eu-central-1", "--out", file], { at });
    expect(endpoint?.requests.length).toBe(Number(/for (\d+) usage types/.exec(err)?.[1]));
    expect(err).toContain("Not listed: AWSELB LCUUsage in eu-central-1\n");
    expect(
      parsePriceBook(await readFile(file, "utf8")).entries.map(({ usageFamily }) => usageFamily),
    ).toEqual(["NatGateway-Hours"]);
  });

  it("leaves out a price by a unit that the price model does not count in", async () => {
    const folder = await aPriceList(nat, { ...nat, usageType: "EUC1-NatGateway-Bytes", unit: "TB" });
    const planFile = join(folder, "plan.json");
    const argv = [
      "prices",
      "update",
      "--plan",
      planFile,
      "--region",
      "eu-central-1",
      "--out",
      join(folder, "p.json"),
    ];
    const { out, err } = await dapanoskop(argv, { at });
    expect(err).toContain(
      "Left out, because AWS counts it in TB: AmazonEC2 NatGateway-Bytes in eu-central-1\n",
    );
    expect(out).toContain("1 price in ");
  });

  it("writes nothing where AWS lists nothing", async () => {
    const folder = await aPriceList();
    const file = join(folder, "prices.json");
    const { code, err } = await dapanoskop([
      ...["prices", "update", "--plan", join(folder, "plan.json"), "--region", "eu-central-1", "--out", file],
    ]);
    expect(code).toBe(1);
    expect(err).toContain(`AWS's price list has none of these prices: ${file} is not written.`);
    await expect(readFile(file)).rejects.toThrow(/ENOENT/);
  });

  it.each([
    [["prices", "update"], 2, "Name the regions (--region), or a plan (--plan)."],
    [
      ["prices", "update", "--region", "Frankfurt"],
      2,
      "--region must be a region of AWS, like eu-central-1.",
    ],
    [["prices", "update", "--plan", "/nowhere/plan.json"], 1, "There is no file /nowhere/plan.json."],
  ])("refuses %j", async (argv, code, sentence) => {
    const result = await dapanoskop(argv);
    expect(result.code).toBe(code);
    expect(result.err).toContain(sentence);
  });
});

describe("dapanoskop prices show", () => {
  it("lists prices with source and day", async () => {
    const { code, out } = await dapanoskop([
      "prices",
      "show",
      "--region",
      "us-east-1",
      "--service",
      "AWSELB",
    ]);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^us-east-1 {2}AWSELB LCUUsage \(LoadBalancing:Network\) +0\.006 USD\/LCU-Hrs +infracost@95ba4f49a internal\/providers\S+, 2026-08-21$/m,
    );
  });

  it("writes the book as JSON", async () => {
    const { out } = await dapanoskop(["prices", "show", "--json"]);
    expect(parsePriceBook(out).entries).toHaveLength(shippedBook.entries.length);
  });

  it.each([
    [["prices", "show", "--prices", "/nowhere.json"], "There is no file /nowhere.json. Write it with"],
    [["prices", "show", "--prices", "."], ". is a folder, and a file is needed."],
    [["prices", "show", "--service", "AmazonNothing"], "The book has no such prices."],
  ])("refuses %j", async (argv, sentence) => {
    const { code, err } = await dapanoskop(argv);
    expect(code).toBe(1);
    expect(err).toContain(sentence);
  });
});
