import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { addDays } from "@dapanoskop/core/calendar";
import { describe, expect, it } from "vitest";
import { aFolder } from "./testing/a-folder.ts";
import { dapanoskop } from "./testing/run-command.ts";

const columns = [
  "BilledCost,BillingCurrency,BillingPeriodStart,ChargeCategory,ChargePeriodEnd,ChargePeriodStart",
  "ConsumedQuantity,ConsumedUnit,EffectiveCost,ProviderName,ServiceName,SkuMeter,Tags,x_ServiceCode",
].join();

/** A NAT gateway of twenty days in February, for which the account paid $0.04 an hour and $0.03 for each of 120 GB a day. */
const bill = [
  columns,
  ...Array.from({ length: 20 }, (_, at) => addDays("2026-02-01", at)).flatMap((day) => {
    const charge = (cost: string, quantity: number, unit: string, usageType: string) =>
      [
        `${cost},USD,2026-02-01T00:00:00Z,Usage,${addDays(day, 1)}T00:00:00Z,${day}T00:00:00Z`,
        `${quantity},${unit},${cost},AWS,EC2 - Other,${usageType},"{""App"": ""web""}",AmazonEC2`,
      ].join();
    return [charge("0.96", 24, "Hrs", "NatGateway-Hours"), charge("3.6", 120, "GB", "NatGateway-Bytes")];
  }),
].join("\n");

const plan = JSON.stringify({
  format_version: "1.2",
  terraform_version: "1.11.4",
  resource_changes: [
    {
      address: "aws_nat_gateway.main",
      mode: "managed",
      type: "aws_nat_gateway",
      name: "main",
      provider_name: "registry.terraform.io/hashicorp/aws",
      change: {
        actions: ["create"],
        before: null,
        after: { connectivity_type: "public" },
        after_unknown: {},
      },
    },
  ],
});

async function places() {
  const folder = await aFolder();
  await mkdir(folder, { recursive: true });
  const files = {
    plan: join(folder, "plan.json"),
    usage: join(folder, "usage.yml"),
    bill: join(folder, "bill.csv"),
  };
  await Promise.all([writeFile(files.plan, plan), writeFile(files.bill, bill)]);
  return { ...files, store: join(folder, "data") };
}

async function priced(...more: readonly string[]) {
  const flags = ["--region", "us-east-1", "--format", "json"];
  const { code, out, err } = await dapanoskop(["plan", ...more, ...flags]);
  if (code !== 0) return { code, err };
  const { cost, resources } = JSON.parse(out);
  return { err, delta: cost.monthly_delta, status: resources[0].status, parts: resources[0].parts };
}

describe("the prices of dapanoskop plan", () => {
  it("are list prices where nothing is published, and data is not known", async () => {
    const { plan: file, store } = await places();
    expect(await priced(file, "--store", store)).toMatchObject({ delta: "32.85", status: "usage-based" });
  });

  it("are what the account paid, and what a comparable resource used, where that is published", async () => {
    const { plan: file, bill: path, store } = await places();
    await dapanoskop(["collect", "--bill", path, "--store", store, "--at", "2026-03-02T06:00:00Z"]);
    expect((await priced(file, "--store", store)).err).toBe("");
    // 730 hours of $0.04; 3,650 GB, five for each hour, of $0.03
    expect(await priced(file, "--store", store)).toMatchObject({
      delta: "138.7",
      status: "priced",
      parts: [{ monthly_after: "29.2" }, { monthly_after: "109.5" }],
    });
  });

  it("take usage from a file before that of comparable resources", async () => {
    const { plan: file, usage, store } = await places();
    await writeFile(usage, "resource_usage:\n  aws_nat_gateway.*:\n    monthly_data_processed_gb: 100\n");
    const asked = [file, "--store", store, "--usage", usage];
    expect(await priced(...asked)).toMatchObject({ delta: "37.35", status: "priced" });
  });

  it("say that nothing is published, and what of a file of usage is not used", async () => {
    const { plan: file, usage, store } = await places();
    await writeFile(
      usage,
      "resource_usage:\n  aws_nat_gateway.*:\n    monthly_data_procesed_gb: 100\n    operating_system: linux\n",
    );
    const { delta, err } = await priced(file, "--store", store, "--usage", usage);
    expect(delta).toBe("32.85");
    expect(err.split("\n")).toEqual([
      `! Nothing is published in ${store}: the plan is priced by list prices alone.`,
      `! ${usage}: resource_usage: aws_nat_gateway.*: monthly_data_procesed_gb is not used: no resource of the plan asks for it.`,
      `! ${usage}: resource_usage: aws_nat_gateway.*: operating_system is not used: no resource of the plan asks for it.`,
      "",
    ]);
    await writeFile(usage, "resource_usage:\n  aws_nat_gateway.*:\n    monthly_data_processed_gb: '100'\n");
    expect((await priced(file, "--store", store, "--usage", usage)).err).toContain(
      "The usage file: resource_usage: aws_nat_gateway.*: monthly_data_processed_gb must be a number that is not negative",
    );
  });

  it("refuse a file of usage that is wrong, with a sentence", async () => {
    const { plan: file, usage, store } = await places();
    const refusal = async (text: string) => {
      await writeFile(usage, text);
      return (await priced(file, "--store", store, "--usage", usage)).err;
    };
    expect(await refusal("resource_usage: 3")).toContain(
      "usage.yml: resource_usage must be a mapping of names to values.",
    );
    expect(await refusal("resource_usage: [")).toContain("usage.yml is not YAML: ");
    expect(await refusal("a: &a [1]\nb: *a\n")).toContain("usage.yml is not YAML: ");
    expect((await priced(file, "--store", store, "--usage", "absent.yml")).err).toContain(
      "There is no file absent.yml.",
    );
  });
});
