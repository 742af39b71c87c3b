import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseMoney } from "@dapanoskop/core/money";
import { type Bill, billSource, type Charge } from "@dapanoskop/core/source";
import { type Emulator, startEmulator } from "@dapanoskop/emulator";
import { onTestFinished, vi } from "vitest";

export const AT = "2026-03-08T06:00:00Z";

export interface AccountSetup {
  readonly faults?: readonly string[];
  /** The tag key of the charges; `null` for none. */
  readonly tagKey?: string | null;
  readonly costCategory?: string | null;
}

/** An account at the emulator that this process's SDK finds, with credentials and an empty home. */
export async function anAccount({
  faults = [],
  tagKey = "App",
  costCategory = "CostCenter",
}: AccountSetup = {}): Promise<Emulator> {
  const emulator = await startEmulator({
    source: billSource(aBill(tagKey, costCategory), { at: AT }),
    at: AT,
    faults,
  });
  onTestFinished(() => emulator.close());
  await noSettings();
  vi.stubEnv("AWS_ENDPOINT_URL", emulator.url);
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secretAccessKeyOfATest");
  return emulator;
}

/** An environment without credentials, region, endpoint or proxy. @returns the folder of the home */
export async function noSettings(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), "dapanoskop-home-"));
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await rm(home, { recursive: true, force: true });
  });
  const names = Object.keys(process.env).filter((name) => /^AWS_|_proxy$/i.test(name));
  for (const name of names) vi.stubEnv(name, undefined);
  vi.stubEnv("HOME", home);
  vi.stubEnv("USERPROFILE", home);
  vi.stubEnv("AWS_CONFIG_FILE", join(home, "config"));
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", join(home, "credentials"));
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
  return home;
}

/** A dollar a day from a year before. */
function aBill(tagKey: string | null, costCategory: string | null): Bill {
  const charges: Charge[] = [];
  for (let day = Date.UTC(2025, 2, 1); day < Date.UTC(2026, 2, 10); day += 86_400_000)
    charges.push({
      day: new Date(day).toISOString().slice(0, 10),
      service: "Amazon Simple Storage Service",
      usageType: "TimedStorage-ByteHrs",
      chargeType: "Usage",
      dimensions: {},
      tags: new Map(tagKey === null ? [] : [[tagKey, "web"]]),
      costCategories: new Map(costCategory === null ? [] : [[costCategory, "A"]]),
      cost: parseMoney("1", "USD"),
      quantity: { units: 10n ** 12n, unit: "GB-Mo" },
    });
  const costCategories = costCategory === null ? [] : [{ name: costCategory, splitCharges: [] }];
  return { currency: "USD", charges, costCategories };
}
