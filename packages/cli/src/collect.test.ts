import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseMoney } from "@dapanoskop/core/money";
import { type Bill, billSource, type Charge } from "@dapanoskop/core/source";
import { startEmulator } from "@dapanoskop/emulator";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { aFolder, contentOf, editIndex } from "./testing/a-folder.ts";
import { type CommandSetup, dapanoskop } from "./testing/run-command.ts";

const at = "2026-03-08T06:00:00Z";

/** A bill of two workloads, each with a dollar a day since the year before. */
function aBill(own: { readonly workloads?: readonly string[]; readonly cost?: string } = {}): Bill {
  const { workloads = ["web", "api"], cost = "1.0000000001" } = own;
  const charges: Charge[] = [];
  for (let day = Date.UTC(2025, 0, 1); day < Date.UTC(2026, 2, 10); day += 86_400_000) {
    for (const workload of workloads) {
      charges.push({
        day: new Date(day).toISOString().slice(0, 10),
        service: "Amazon Simple Storage Service",
        usageType: "TimedStorage-ByteHrs",
        chargeType: "Usage",
        dimensions: {},
        tags: new Map([["App", workload]]),
        costCategories: new Map([["CostCenter", "A"]]),
        cost: parseMoney(cost, "USD"),
        quantity: { units: 10n ** 12n, unit: "GB-Mo" },
      });
    }
  }
  return { currency: "USD", charges, costCategories: [{ name: "CostCenter", splitCharges: [] }] };
}

/** A Cost Explorer that this process's SDK finds, and its store. */
async function anAccount({ bill = aBill(), faults = [] as readonly string[] } = {}) {
  const emulator = await startEmulator({ source: billSource(bill, { at }), at, faults });
  vi.stubEnv("AWS_ENDPOINT_URL_COST_EXPLORER", emulator.url);
  closing.push(() => emulator.close());
  const store = await aFolder();
  const collect = (more: readonly string[] = [], setup: CommandSetup = {}) =>
    dapanoskop(["collect", "--store", store, "--at", at, ...more], { at, ...setup });
  return { emulator, store, collect };
}

const closing: (() => Promise<void>)[] = [];

beforeEach(() => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "any");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "any");
});

afterEach(async () => {
  vi.unstubAllEnvs();
  for (const close of closing.splice(0)) await close();
});

describe("dapanoskop collect of an account", () => {
  it("publishes the running month and the last closed one, and reports both", async () => {
    const { collect, store } = await anAccount();
    const { code, out, err } = await collect();
    expect(out).toContain("2026-03  published    March 2026\n2026-02  published    February 2026\n");
    expect(out).toMatch(/\d+ requests to Cost Explorer for \$0\.\d\d\./);
    expect(err).toContain("First collection into");
    expect(err).toMatch(/\d+ pages and 3 other requests to AWS Cost Explorer, \$0\.\d\d at \$0\.01 each/);
    expect(code).toBe(0);
    const shown = await dapanoskop(["show", "--store", store], { at });
    expect(shown.out).toContain("Dapanoskop · March 2026, 7 of 31 days\n\n$14.00 so far");
    expect(await dapanoskop(["verify", "--store", store])).toMatchObject({
      code: 0,
      err: expect.any(String),
    });
  });

  it("asks a person to confirm the price of a first collection, and does nothing when the answer is no", async () => {
    const { collect, emulator, store } = await anAccount();
    const questions: string[] = [];
    const answering = (yes: boolean) => async (question: string) => questions.push(question) > 0 && yes;
    const { code, err } = await collect([], { terminal: 80, confirm: answering(false) });
    expect(code).toBe(1);
    expect(err).toContain("Stopped. No request was made and nothing was written.");
    expect(emulator.requests).toEqual([]);
    expect(await contentOf(store)).toEqual(new Map());
    expect((await collect([], { terminal: 80, confirm: answering(true) })).code).toBe(0);
    expect((await collect([], { terminal: 80, confirm: answering(true) })).code).toBe(0);
    expect(questions).toEqual(["Collect now?", "Collect now?"]);
  });

  it("publishes nothing new for the same time, unless forced", async () => {
    const { collect } = await anAccount();
    await collect();
    const { code, out } = await collect();
    expect(code).toBe(0);
    expect(out).toContain("2026-03  unchanged    2026-03 is published as of the same time");
    expect(out).toContain("Nothing new was published");
    expect((await collect(["--force"])).out).toContain("2026-03  published");
  });

  it("quarantines a month whose total fell, with exit code 3", async () => {
    const { collect, emulator, store } = await anAccount();
    await collect();
    await emulator.close();
    const other = await startEmulator({ source: billSource(aBill({ cost: "0.1" }), { at }), at });
    vi.stubEnv("AWS_ENDPOINT_URL_COST_EXPLORER", other.url);
    closing.push(() => other.close());
    const later = ["collect", "--store", store, "--at", "2026-03-08T07:00:00Z"];
    const quarantined = await dapanoskop(later);
    expect(quarantined.out).toContain("2026-02  quarantined  2026-02 is quarantined: its total fell from");
    expect(quarantined.code).toBe(3);
    expect((await dapanoskop([...later, "--force"])).code).toBe(0);
  });

  it("reports progress in one line on a terminal, and in plain lines elsewhere", async () => {
    const { collect } = await anAccount();
    const terminal = await collect([], { terminal: 80 });
    expect(terminal.err).toContain("\r\u001b[K");
    expect(terminal.err.split("\n").length).toBeLessThan(6);
    const plain = await collect(["--force"]);
    expect(plain.err).toMatch(/^GetCostAndUsage 2026-02-01 to 2026-03-08, page 1: \d requests, \$0\.0\d$/m);
    expect(plain.err).not.toContain("\u001b");
  });

  it("ends at once on Ctrl-C and leaves the published files as they were", async () => {
    const { collect, emulator, store } = await anAccount();
    await collect();
    const before = await contentOf(store);
    emulator.inject("slow=3000");
    const interruption = new AbortController();
    setTimeout(() => interruption.abort(), 50);
    const { code, err } = await collect(["--force"], { interruption: interruption.signal });
    expect(code).toBe(130);
    expect(err).toContain("Interrupted. The data published before remains.");
    expect(await contentOf(store)).toEqual(before);
  });
});

describe("dapanoskop collect that fails", () => {
  it.each([
    ["credentials", "there are no AWS credentials that work"],
    ["expired-credentials", "there are no AWS credentials that work"],
    ["not-activated", "Cost Explorer is not switched on in this account"],
    ["deny", "Grant ce:"],
    ["broken-json", "JSON"],
    ["second-currency@GetCostAndUsage", "currenc"],
  ])("reports the reason in one sentence and changes nothing: %s", async (fault, sentence) => {
    const { collect, emulator, store } = await anAccount();
    await collect();
    const before = await contentOf(store);
    emulator.inject(fault);
    const { code, out, err } = await collect(["--force"]);
    const last = err.trimEnd().split("\n").at(-1) ?? "";
    expect(last).toContain(sentence);
    expect(last).toMatch(/^[^\n]{20,600}\.$/);
    expect(err).not.toMatch(/ {2}at |\.ts:\d/);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(await contentOf(store)).toEqual(before);
  });

  it("names the Cost Categories of the account when the given one does not exist", async () => {
    const { collect } = await anAccount();
    const { code, err } = await collect(["--cost-category", "Team"]);
    expect(err).toContain('There is no Cost Category "Team": this account has "CostCenter".');
    expect(code).toBe(1);
  });

  it("names the folder that cannot be written", async () => {
    const { store } = await anAccount();
    await mkdir(store);
    await writeFile(join(store, "file"), "");
    const place = join(store, "file", "data");
    const { code, err } = await dapanoskop(["collect", "--store", place, "--at", at]);
    expect(err.trimEnd().split("\n").at(-1)).toContain(place);
    expect(code).toBe(1);
  });

  it.each([
    [
      "was written by a newer version",
      (text: string) => text.replace('"schema": 1', '"schema": 2'),
      "written with schema 2",
    ],
    ["is cut off", (text: string) => text.slice(0, text.length / 2), "is not JSON"],
    ["lost a field", (text: string) => text.replace('"generation"', '"gen"'), "is not as published"],
  ])("changes nothing when the index %s", async (_what, edit, sentence) => {
    const { collect, store } = await anAccount();
    await collect();
    await editIndex(store, edit);
    const before = await contentOf(store);
    for (const command of [["collect", "--at", at], ["show"], ["verify"]]) {
      const { code, out, err } = await dapanoskop([...command, "--store", store]);
      expect(err + out).toContain(sentence);
      expect(code).toBe(1);
    }
    expect(await contentOf(store)).toEqual(before);
  });
});

describe("dapanoskop collect of a bill file", () => {
  const columns = [
    "BilledCost,BillingCurrency,BillingPeriodStart,ChargeCategory,ChargePeriodEnd,ChargePeriodStart",
    "ConsumedQuantity,ConsumedUnit,EffectiveCost,ProviderName,ServiceName,SkuMeter,Tags,x_ServiceCode",
  ].join();
  const line = (day: string, next: string, cost: string) =>
    [
      `${cost},USD,2026-02-01T00:00:00Z,Usage,${next}T00:00:00Z,${day}T00:00:00Z`,
      `1,GB-Mo,${cost},AWS,Amazon Simple Storage Service,TimedStorage-ByteHrs,"{""App"": ""web""}",AmazonS3`,
    ].join();

  async function aFile(...lines: readonly string[]) {
    const store = await aFolder();
    await mkdir(store);
    const path = join(store, "bill.csv");
    await writeFile(path, [columns, ...lines].join("\n"));
    return { path, store: join(store, "data") };
  }

  it("needs no confirmation and publishes the charges of the file", async () => {
    const { path, store } = await aFile(
      line("2026-02-01", "2026-02-02", "0.1"),
      line("2026-02-02", "2026-02-03", "0.2"),
    );
    const { code, out, err } = await dapanoskop(["collect", "--bill", path, "--store", store, "--at", at]);
    expect(err).not.toContain("First collection");
    expect(out).toContain("2026-02  published");
    expect(out).not.toContain("Cost Explorer");
    expect(code).toBe(0);
    const shown = await dapanoskop(["show", "--store", store, "--json"]);
    expect(JSON.parse(shown.out)).toMatchObject({ period: "2026-02", total_cost: 0.3 });
  });

  it("names the time that collects a file of other months", async () => {
    const { path, store } = await aFile(line("2026-02-01", "2026-02-02", "0.1"));
    const { err } = await dapanoskop([
      "collect",
      "--bill",
      path,
      "--store",
      store,
      "--at",
      "2027-01-05T06:00:00Z",
    ]);
    expect(err).toContain("--at 2026-03-02T06:00:00Z collects the last of it.");
  });

  it("names the file when it is missing or no bill", async () => {
    const { path, store } = await aFile();
    await writeFile(path, "a,b\n1,2\n");
    for (const bill of [path, join(store, "missing.csv")]) {
      const { code, err } = await dapanoskop(["collect", "--bill", bill, "--store", store, "--at", at]);
      expect(err.trimEnd().split("\n").at(-1)).toMatch(/bill\.csv|missing\.csv/);
      expect(err).not.toContain("Unexpected error");
      expect(code).toBe(1);
    }
  });
});
