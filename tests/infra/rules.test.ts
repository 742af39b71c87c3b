import { describe, expect, it } from "vitest";
import { rules } from "./rules/followed.ts";
import { skips } from "./rules/not-followed.ts";
import type { Rule } from "./rules/rule.ts";
import { everything, system } from "./support/the-system.ts";

const whole = system(everything).resources;
const usual = system().resources;

/** The offenders that are no exception. */
const violations = ({ offenders, except = {} }: Rule, resources: typeof whole) =>
  offenders(resources).filter((address) => !Object.hasOwn(except, address));

describe("rules of Checkov and Trivy that the system follows", () => {
  it.each(Object.entries(rules))("%s", (_title, rule) => {
    expect(violations(rule, whole)).toEqual([]);
    // Only an input of the adopter's may be missing before.
    expect(violations(rule, usual).length > 0).toBe(rule.needs !== undefined);
    expect(violations(rule, rule.broken(whole)).length, "The rule cannot fail.").toBeGreaterThan(0);
    if (rule.except !== undefined) expect(rule.offenders(whole)).toEqual(Object.keys(rule.except));
  });
});

describe("rules of Checkov and Trivy that the system does not follow, each with a reason", () => {
  it.each(Object.entries(skips))("%s", (_title, { isTrue, why }) => {
    expect([isTrue(usual), isTrue(whole)]).toEqual([false, false]);
    expect(why).toMatch(/^[A-Z0-9].{20,}\.$/);
  });
});

describe("the table of rules", () => {
  it("has every rule once, by its scanner's name, and is for every service that scanners check", () => {
    const titles = [...Object.keys(rules), ...Object.keys(skips)];
    const ids = titles.flatMap((title) => (title.split(":")[0] ?? "").split(" "));
    expect(ids.filter((id) => !/^(CKV2?_AWS_[0-9]+|AVD-AWS-[0-9]{4})$/.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(100);
    const services = [
      "s3_bucket cloudfront_distribution lambda_function iam_role sqs_queue sns_topic",
      "kms_key cloudwatch_log_group cloudwatch_metric_alarm",
    ];
    const types = services.flatMap((names) => names.split(" ").map((name) => `aws_${name}`));
    expect(whole.map(({ type }) => type)).toEqual(expect.arrayContaining(types));
  });
});
