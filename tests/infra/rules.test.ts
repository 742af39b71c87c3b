import { describe, expect, it } from "vitest";
import { bucketRules, bucketSkips } from "./rules/buckets.ts";
import { edgeRules, edgeSkips } from "./rules/edge.ts";
import { functionRules, functionSkips } from "./rules/functions.ts";
import { messageRules, messageSkips } from "./rules/messages.ts";
import type { Resources, Rule, Skip } from "./rules/rule.ts";
import { everything, system } from "./support/the-system.ts";

const rules: readonly Rule[] = [...bucketRules, ...edgeRules, ...functionRules, ...messageRules];
const skips: readonly Skip[] = [...bucketSkips, ...edgeSkips, ...functionSkips, ...messageSkips];

const whole = system(everything).resources;
const usual = system().resources;

const named = <Named extends { readonly ids: readonly string[]; readonly fact: string }>(
  all: readonly Named[],
) => all.map((one) => [one.fact, one.ids.join(", "), one] as const);

/** What a rule has to say, but for its exceptions. */
const complaints = ({ offenders, except = {} }: Rule, resources: Resources) =>
  offenders(resources).filter((address) => !Object.hasOwn(except, address));

describe("what scanners ask for, and what holds: the facts behind Checkov's and Trivy's rules", () => {
  it.each(named(rules))("%s (%s)", (_fact, _ids, rule) => {
    expect(complaints(rule, whole)).toEqual([]);
    // What an adopter has to give first, and only that, may be missing before.
    expect(complaints(rule, usual).length > 0).toBe(rule.needs !== undefined);
  });

  it.each(named(rules))("%s (%s) That can fail.", (_fact, _ids, rule) => {
    expect(complaints(rule, rule.broken(whole)).length).toBeGreaterThan(0);
  });

  it.each(named(rules.filter(({ except }) => except !== undefined)))(
    "%s (%s) Exceptions are still ones.",
    (_fact, _ids, rule) => {
      expect(rule.offenders(whole)).toEqual(Object.keys(rule.except ?? {}));
    },
  );
});

describe("what scanners ask for, and what is not so on purpose", () => {
  it.each(named(skips))("%s (%s)", (_fact, _ids, { holds, why }) => {
    expect([holds(usual), holds(whole)]).toEqual([false, false]);
    expect(why).toMatch(/^[A-Z0-9].{20,}\.$/);
  });
});

describe("the table", () => {
  it("names every rule once, by its scanner's name", () => {
    const ids = [...rules, ...skips].flatMap((one) => one.ids);
    expect(ids.filter((id) => !/^(CKV2?_AWS_[0-9]+|AVD-AWS-[0-9]{4})$/.test(id))).toEqual([]);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    expect(ids.length).toBeGreaterThan(100);
  });

  it("covers each of the services that scanners look at", () => {
    const types = new Set(whole.map(({ type }) => type));
    for (const type of [
      "s3_bucket",
      "cloudfront_distribution",
      "lambda_function",
      "iam_role",
      "sqs_queue",
      "sns_topic",
      "kms_key",
      "cloudwatch_log_group",
      "cloudwatch_metric_alarm",
    ]) {
      expect(types).toContain(`aws_${type}`);
    }
  });
});
