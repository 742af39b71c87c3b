import { describe, expect, it } from "vitest";
import { bucketRules, bucketSkips } from "./rules/buckets.ts";
import { edgeRules, edgeSkips } from "./rules/edge.ts";
import { functionRules, functionSkips } from "./rules/functions.ts";
import { messageRules, messageSkips } from "./rules/messages.ts";
import type { PlannedResources, Rule } from "./rules/rule.ts";
import { everything, system } from "./support/the-system.ts";

const rules = [...bucketRules, ...edgeRules, ...functionRules, ...messageRules];
const skips = [...bucketSkips, ...edgeSkips, ...functionSkips, ...messageSkips];

const whole = system(everything).resources;
const usual = system().resources;

const titled = <Item extends { readonly ids: readonly string[]; readonly fact: string }>(
  all: readonly Item[],
) => all.map((one) => [one.fact, one.ids.join(", "), one] as const);

/** The offenders that are no exception. */
const violations = ({ offenders, except = {} }: Rule, resources: PlannedResources) =>
  offenders(resources).filter((address) => !Object.hasOwn(except, address));

describe("rules of Checkov and Trivy that the system follows", () => {
  it.each(titled(rules))("%s (%s)", (_fact, _ids, rule) => {
    expect(violations(rule, whole)).toEqual([]);
    // Only an input of the adopter's may be missing before.
    expect(violations(rule, usual).length > 0).toBe(rule.needs !== undefined);
    expect(violations(rule, rule.broken(whole)).length, "The rule cannot fail.").toBeGreaterThan(0);
    if (rule.except !== undefined) expect(rule.offenders(whole)).toEqual(Object.keys(rule.except));
  });
});

describe("rules of Checkov and Trivy that the system does not follow, each with a reason", () => {
  it.each(titled(skips))("%s (%s)", (_fact, _ids, { isTrue, why }) => {
    expect([isTrue(usual), isTrue(whole)]).toEqual([false, false]);
    expect(why).toMatch(/^[A-Z0-9].{20,}\.$/);
  });
});

describe("the table of rules", () => {
  it("has every rule once, by its scanner's name, and is for every service that scanners check", () => {
    const ids = [...rules, ...skips].flatMap((one) => one.ids);
    expect(ids.filter((id) => !/^(CKV2?_AWS_[0-9]+|AVD-AWS-[0-9]{4})$/.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(100);
    const services = [
      "s3_bucket",
      "cloudfront_distribution",
      "lambda_function",
      "iam_role",
      "sqs_queue",
      "sns_topic",
    ];
    const others = ["kms_key", "cloudwatch_log_group", "cloudwatch_metric_alarm"];
    const types = whole.map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining([...services, ...others].map((name) => `aws_${name}`)));
  });
});
