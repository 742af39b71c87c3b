import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { makePlans } from "../plans/plan-maker.ts";
import { planScenarios } from "../plans/plan-scenarios.ts";
import { planShape } from "../plans/plan-shape.ts";
import { type AwsEmulator, startAwsEmulator } from "./support/aws-emulator.ts";
import { findTools, toolsMissing } from "./support/tools.ts";

// `npm run plans` makes the plans in tests/plans/json. Some of them are made again, to see that they are what Terraform writes.

const tools = findTools();
const missing = toolsMissing(tools);

vi.setConfig({ testTimeout: 400_000, hookTimeout: 100_000 });

const committed = (plan: string) => readFile(new URL(`../plans/json/${plan}.json`, import.meta.url), "utf8");

/** Of the tool that made them; another version writes other fields. */
const VERSION = '"terraform_version":"1.11.4"';

describe.skipIf(missing !== null)(`the plans of the tests, made again. ${missing ?? ""}`, () => {
  let aws: AwsEmulator;
  beforeAll(async () => {
    aws = await startAwsEmulator(tools.moto ?? "");
  });
  afterAll(() => aws?.stop());

  it.each(["drifted", "failed-import", "json-syntax"])(
    "have the shape of the committed ones: %s",
    async (name) => {
      const scenario = planScenarios[name];
      if (scenario === undefined) throw new Error(`There is no configuration ${name}.`);
      const { texts } = await makePlans(name, scenario, tools, aws.url);
      expect(texts.size).toBeGreaterThan(0);
      for (const [plan, text] of texts) {
        expect(text).not.toMatch(/127\.0\.0\.1|dapanoskop-infra-/);
        if (!text.includes(VERSION)) continue;
        expect([...planShape(text)]).toEqual([...planShape(await committed(plan))]);
      }
    },
  );
});
