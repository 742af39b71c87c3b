import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import used from "./fixtures/applier-permissions.json" with { type: "json" };
import { type ApplierPolicy, applierPolicies, UNSEEN } from "./support/applier-policy.ts";
import { everything, ofType, system } from "./support/the-system.ts";

const file = (at: number) => new URL(`../../docs/applier-policy-${at}.json`, import.meta.url);
const policies = applierPolicies(used);
const statements = policies.flatMap(({ Statement }) => Statement);
const actionsOf = ({ Statement }: ApplierPolicy) => Statement.flatMap(({ Action }) => Action);

describe("the policies of the person who applies", () => {
  it("are the files of docs/, which npm run permissions writes", async () => {
    for (const [at, policy] of policies.entries()) {
      await expect(`${JSON.stringify(policy, null, 2)}\n`).toMatchFileSnapshot(file(at + 1).pathname);
    }
    expect(existsSync(file(policies.length + 1))).toBe(false);
    const install = readFileSync(new URL("../../docs/install.md", import.meta.url), "utf8");
    for (const at of policies.keys()) expect(install).toContain(`applier-policy-${at + 1}.json`);
  });

  it("allow what the apply against the stand-in used, and what it cannot show, each once", () => {
    const allowed = policies.flatMap(actionsOf);
    expect([...allowed].sort()).toEqual([...new Set([...used, ...Object.keys(UNSEEN)])].sort());
  });

  it("are short enough for IAM", () => {
    for (const policy of policies) expect(JSON.stringify(policy).length).toBeLessThanOrEqual(6_144);
  });

  it("name each action, and every resource only where AWS has none or chooses its id", () => {
    for (const { Action, Resource, Condition } of statements) {
      for (const action of Action) expect(action).toMatch(/^[a-z0-9-]+:[A-Za-z]+$/);
      if (Resource !== "*" || Condition !== undefined) continue;
      for (const action of Action)
        expect(action).toMatch(/^(logs|ssm):|^cognito-idp:DescribeUserPoolDomain$/);
    }
  });

  it("allow no change of a key without the deployment's tag, and no role but for Lambda", () => {
    for (const { Action, Condition } of statements) {
      if (Action.some((action) => action.startsWith("kms:")))
        expect(JSON.stringify(Condition)).toContain("Project");
      if (Action.includes("iam:PassRole")) {
        expect(Condition).toEqual({ StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } });
      }
    }
  });

  it("delete no user pool and no user but of a pool that the module made", () => {
    const ofPool = statements.filter(({ Action }) => Action.some((one) => /UserPool$|:Admin/.test(one)));
    expect(ofPool.length).toBeGreaterThan(1);
    for (const { Action, Condition } of ofPool) {
      if (Action.some((one) => /:(Delete|Update|Create)UserPool$|:Admin/.test(one)))
        expect(JSON.stringify(Condition)).toContain("Project");
    }
  });

  it("allow the creation of every type that the module has", () => {
    const services: Readonly<Record<string, string>> = {
      apigatewayv2: "apigateway",
      cloudwatch_event: "events",
      cloudwatch_log: "logs",
      cognito: "cognito-idp",
      sesv2: "ses",
    };
    const allowed = new Set(policies.flatMap(actionsOf).map((action) => action.split(":")[0]));
    const needed = system(everything)
      .resources.filter(({ mode }) => mode === "resource")
      .map(({ type }) => type);
    for (const type of needed) {
      if (!type.startsWith("aws_")) continue;
      const name = type.slice("aws_".length);
      const own = Object.keys(services).find((one) => name.startsWith(one));
      expect(allowed, type).toContain(own === undefined ? name.split("_")[0] : services[own]);
    }
    expect(ofType(system(everything), "aws_budgets_budget")).toHaveLength(1);
  });
});
