import type { Input } from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { infra } from "../../../infra/index.ts";
import type { Platform } from "../../../infra/platform.ts";
import { childModuleFiles } from "./module/module-files.ts";
import { synthesize } from "./platform.ts";
import { own, resourceType } from "./provider/schema.ts";
import { exported, subsystemText } from "./testing/exported.ts";

/** The HCL of a text: the name of a log group. */
const textOf = (name: (platform: Platform) => Input<string>) =>
  /name = (.*)/.exec(
    subsystemText((platform) => void new platform.aws.cloudwatch.LogGroup("one", { name: name(platform) })),
  )?.[1];

describe("a text", () => {
  it.each<readonly [string, (platform: Platform) => Input<string>, string]>([
    [
      "with an input",
      ({ text, inputs }) => text`/aws/${inputs.name_prefix}-x`,
      '"/aws/${var.name_prefix}-x"',
    ],
    [
      "of one input alone, which may be no text",
      ({ text, inputs }) => text`${inputs.include_efs}`,
      "tostring(var.include_efs)",
    ],
    ["with what would be read as HCL", () => "${aws:username} %{if}", '"$${aws:username} %%{if}"'],
    [
      "with an input and what would be read as HCL",
      ({ text, inputs }) => text`\${a}${inputs.name_prefix}%{b}`,
      '"$${a}${var.name_prefix}%%{b}"',
    ],
    [
      "with a dollar sign before an input",
      ({ text, inputs }) => text`USD $${inputs.name_prefix}`,
      '"USD ${"$"}${var.name_prefix}"',
    ],
    [
      "with two dollar signs before an input",
      ({ text, inputs }) => text`$$${inputs.name_prefix}`,
      '"${"$$"}${var.name_prefix}"',
    ],
    ["with plain parts that together would be read as HCL", ({ text }) => text`${"$"}{x}`, '"$${x}"'],
    ["with a text inside it that does", ({ text }) => text`$${text`{x}`}`, '"$${x}"'],
    [
      "with quotes, backslashes and control characters",
      () => 'a"b\\c\nd\te\r\u0000\u007f',
      '"a\\"b\\\\c\\nd\\te\\r\\u0000\\u007f"',
    ],
  ])("%s is the same text in HCL", (_, text, hcl) => {
    expect(textOf(text)).toBe(hcl);
  });
});

describe("the export fails for", () => {
  // biome-ignore lint/suspicious/noExplicitAny: what the types of infra/ refuse, the exporter refuses as well
  type Anything = any;

  it.each<readonly [string, (platform: Platform) => void, string]>([
    [
      "an unknown class",
      ({ aws }) => void new (aws as Anything).ec2.Instance("one", {}),
      "aws.ec2.Instance has no Terraform type in packages/terraform/src/synthesis/resource-types.ts.",
    ],
    [
      "an unknown argument",
      ({ aws }) => void new (aws as Anything).s3.Bucket("one", { bukcet: "x" }),
      "aws_s3_bucket has no argument that Pulumi calls bukcet.",
    ],
    [
      "an unknown option",
      ({ aws }) => void new (aws as Anything).s3.Bucket("one", {}, { retainOnDelete: true }),
      "one: the option retainOnDelete has no equivalent in the module.",
    ],
    [
      "a resource instead of one of its properties",
      ({ aws }) => {
        const role = new aws.iam.Role("one", { assumeRolePolicy: "{}" });
        new aws.iam.RolePolicy("one", { role, policy: "{}" });
      },
      "Of a resource, use one of its properties.",
    ],
    ["a function", () => void textOf(() => (() => "x") as Anything), "cannot be written as HCL: function"],
    [
      "a date in a text",
      () => void textOf(({ text }) => text`${new Date(0) as Anything}`),
      "contains what is no text",
    ],
    [
      "a block that depends on an input",
      ({ aws, inputs }) => {
        const versioningConfiguration = inputs.tags as Anything;
        new aws.s3.BucketVersioning("one", { bucket: "x", versioningConfiguration });
      },
      "whether it exists cannot depend on an input",
    ],
    [
      "a second resource with the same address",
      ({ aws }) => {
        new aws.s3.Bucket("one", {});
        new aws.s3.Bucket("one", {});
      },
      "aws_s3_bucket.one is declared twice. Rename one of them.",
    ],
    [
      "a second local value with the same name",
      ({ local }) => {
        local("one", 1);
        local("one", 2);
      },
      "local.one is declared twice. Rename one of them.",
    ],
    [
      "a table whose rows differ in their columns",
      ({ table }) => void table("rows", { a: { x: 1 }, b: {} }, () => null),
      "The rows of rows do not have the same columns.",
    ],
    [
      "a row without a column that has no default",
      ({ table }) => void table("rows", { a: { x: 1, y: 1 }, b: { y: 1 } }, () => null, { y: 0 }),
      "The rows of rows do not have the same columns.",
    ],
    [
      "a dependency on what is no resource",
      ({ aws }) => void new aws.s3.Bucket("two", {}, { dependsOn: [{} as never] }),
      "dependsOn contains something that is no resource of infra/.",
    ],
    [
      "a resource with for_each that is used outside its iteration",
      ({ aws, forEach, inputs }) => {
        let last: Input<string> = "";
        forEach(inputs.signing_keys, () => {
          last = new aws.kms.Key("signing", {}).arn;
        });
        new aws.ssm.Parameter("settings", { name: "/settings", type: "String", value: last });
      },
      "select one by its key",
    ],
    [
      "a condition inside an iteration",
      ({ forEach, inputs, when, isSet }) => {
        forEach(inputs.signing_keys, () => when(isSet(inputs.alarm_email), () => null));
      },
      "Conditions and repetitions of resources cannot stand inside each other. Write the inner one after the outer one",
    ],
  ])("%s", (_, create, message) => {
    expect(() => subsystemText(create)).toThrow(message);
  });

  it("a resource outside every sub-system", () => {
    expect(() => exported(({ aws }) => void new aws.s3.Bucket("one", {}))).toThrow(
      "belongs to no sub-system",
    );
  });
});

describe("resources under a condition", () => {
  const text = subsystemText((platform) => {
    const { aws, inputs, isSet, when, table } = platform;
    const topic = when(isSet(inputs.alarm_email), () => {
      const made = new aws.sns.Topic("alarms", { name: "alarms" });
      const subscription = { topic: made.arn, protocol: "email", endpoint: "a@example.com" };
      new aws.sns.TopicSubscription("alarms", subscription);
      table("alarms", { a: { of: "x" } }, ({ of }) => {
        new aws.cloudwatch.MetricAlarm("alarm", {
          name: of,
          comparisonOperator: "x",
          evaluationPeriods: 1,
          alarmActions: [made.arn],
        });
      });
      return made;
    });
    const value = topic?.arn as Input<string>;
    new aws.ssm.Parameter("settings", { name: "/settings", type: "String", value });
  });

  it("have a count, and those of a table a filter", () => {
    expect(text.match(/count = var\.alarm_email != null \? 1 : 0/g)).toHaveLength(2);
    expect(text).toContain(
      "for_each = { for key, row in local.alarms : key => row if var.alarm_email != null }",
    );
  });

  it("refer to each other directly, and are null outside the condition", () => {
    expect(text).toContain("topic_arn = aws_sns_topic.alarms[0].arn");
    expect(text).toContain("[aws_sns_topic.alarms[0].arn]");
    expect(text).toContain("one(aws_sns_topic.alarms[*].arn)");
  });
});

describe("resources for each name of a list", () => {
  const text = subsystemText(({ aws, forEach, inputs }) => {
    const keys = forEach(inputs.signing_keys, (name) => {
      const key = new aws.kms.Key("signing", { description: name });
      new aws.cloudfront.PublicKey("signing", { encodedKey: key.arn });
      return key;
    });
    new aws.cloudfront.KeyGroup("data", { name: "data", items: keys.map((key) => key.arn) });
  });

  it("refer to the resource of the same name", () => {
    expect(text.match(/for_each = toset\(var\.signing_keys\)/g)).toHaveLength(2);
    expect(text).toContain("description = each.key");
    expect(text).toContain("encoded_key = aws_kms_key.signing[each.key].arn");
  });

  it("are a list outside the iteration", () => {
    expect(text).toContain("items = [for key in var.signing_keys : aws_kms_key.signing[key].arn]");
  });
});

describe("a table", () => {
  const text = subsystemText(({ aws, table, map, text, json, element, local }) => {
    const rows = { data: { maxAge: 60 }, app: { maxAge: undefined } };
    const made = table("policies", rows, ({ maxAge }, key) => ({
      id: new aws.cloudfront.CachePolicy("cache", { name: text`x-${key}`, minTtl: maxAge as never } as never)
        .id,
    }));
    const ids = local("ids", { first: made.data.id });
    const charts = map("charts", [{ title: "One" }, { title: "Two" }], ({ title }) => ({ title, at: 1 }));
    const body = json({ charts, own: made.app.id, first: element(ids, "first") });
    new aws.cloudwatch.Dashboard("one", { dashboardName: "one", dashboardBody: body });
    new aws.cloudfront.ResponseHeadersPolicy("two", {
      customHeadersConfig: {
        items: map("headers", [{ header: "a", value: "b" }], ({ header, value }) => ({
          header,
          value,
          override: true,
        })),
      },
    });
  });

  it("is a local value, and a resource for each row", () => {
    expect(text).toContain("policies = { data = { max_age = 60 }, app = { max_age = null } }");
    expect(text).toContain("for_each = local.policies\n");
    expect(text).toContain('name    = "x-${each.key}"\n  min_ttl = each.value.max_age');
  });

  it("leaves out what most rows have the same, and has a value for the rows for which a condition holds", () => {
    const text = subsystemText(({ aws, table, map, json, inputs }) => {
      const alarms = { a: {}, b: { above: 5 } } as Readonly<Record<string, { readonly above?: number }>>;
      table(
        "alarms",
        alarms,
        ({ above }) => void new aws.cloudwatch.MetricAlarm("one", { threshold: above } as never),
        { above: 0 },
      );
      const charts = [{ title: "One" }, { title: "Two", shown: inputs.api_enabled }] as readonly {
        readonly title: string;
        readonly shown?: Input<boolean>;
      }[];
      const shown = map(
        "charts",
        charts,
        ({ title }) => ({ title }),
        { shown: true },
        ({ shown }) => shown,
      );
      new aws.cloudwatch.Dashboard("one", { dashboardName: "one", dashboardBody: json({ shown }) });
    });
    expect(text).toContain("alarms = { a = {}, b = { above = 5 } }");
    expect(text).toContain("threshold = try(each.value.above, 0)");
    expect(text).toContain('charts = [{ title = "One" }, { title = "Two", shown = var.api_enabled }]');
    expect(text).toContain("[for row in local.charts : { title = row.title } if try(row.shown, true)]");
  });

  it("has resources that are selected by their keys", () => {
    expect(text).toContain('ids = { first = aws_cloudfront_cache_policy.cache["data"].id }');
    expect(text).toContain('own    = aws_cloudfront_cache_policy.cache["app"].id');
    expect(text).toContain('first  = local.ids["first"]');
  });

  it("is a list of values, or a dynamic block", () => {
    expect(text).toContain('charts = [{ title = "One" }, { title = "Two" }]');
    expect(text).toContain("[for row in local.charts : { title = row.title, at = 1 }]");
    expect(text).toContain('dynamic "items" {\n      for_each = local.headers\n\n      content {');
    expect(text).toContain("header   = items.value.header");
  });
});

it("dependencies are addresses", () => {
  const text = subsystemText(({ aws }) => {
    const one = new aws.s3.Bucket("one", {});
    new aws.s3.Bucket("two", {}, { dependsOn: [one] });
  });
  expect(text).toContain("depends_on = [aws_s3_bucket.one]");
});

it("conditional lists and values are evaluated at apply", () => {
  const text = subsystemText(({ aws, concat, listWhen, isSet, choose, orDefault, inputs }) => {
    const hasDomain = isSet(inputs.domain_name);
    new aws.cloudfront.KeyGroup("data", {
      name: orDefault(inputs.domain_name, "none"),
      comment: choose(hasDomain, "own", "ours"),
      items: concat(["a"], listWhen(hasDomain, ["b"])),
    });
  });
  expect(text).toContain('name    = var.domain_name != null ? var.domain_name : "none"');
  expect(text).toContain('comment = var.domain_name != null ? "own" : "ours"');
  expect(text).toContain('items   = concat(["a"], var.domain_name != null ? ["b"] : [])');
});

it("blocks that depend on an input stand beside others in a dynamic block; resources of one condition exist for each other", () => {
  const text = subsystemText(({ aws, inputs, when, concat, forEach, choose }) => {
    const gateway = when(inputs.api_enabled, () => new aws.apigatewayv2.Api("api", { protocolType: "HTTP" }));
    when(inputs.api_enabled, () => new aws.apigatewayv2.Stage("api", { apiId: gateway?.id ?? "" }));
    const always = [{ originId: "page", domainName: "a" }];
    const origins = forEach(choose(inputs.api_enabled, ["api"], []), () => ({
      originId: "api",
      domainName: gateway?.apiEndpoint ?? "",
    }));
    const made = concat<object>(
      always,
      origins.map((one) => one),
    );
    new aws.cloudfront.Distribution("page", { origins: made } as never);
  });
  expect(text).toContain("api_id = aws_apigatewayv2_api.api[0].id");
  expect(text).toContain(
    [
      "  origin {",
      '    origin_id   = "page"',
      '    domain_name = "a"',
      "  }\n",
      '  dynamic "origin" {',
      '    for_each = var.api_enabled ? ["api"] : []\n',
      "    content {",
      '      origin_id   = "api"',
      "      domain_name = one(aws_apigatewayv2_api.api[*].api_endpoint)",
    ].join("\n"),
  );
});

it("conditions on lists, and on several inputs, are evaluated at apply", () => {
  const text = subsystemText(({ aws, any, all, has, hasElements, isSet, column, joined, choose, inputs }) => {
    const channels = column(inputs.report_topic_arn as string, "channel");
    const some = any(hasElements(inputs.allowed_groups), has(channels, "mail"));
    new aws.cloudfront.KeyGroup("data", {
      name: joined(inputs.allowed_groups),
      comment: choose(all(isSet(inputs.domain_name), some), "yes", "no"),
      items: [],
    });
  });
  const channels = 'compact([for one in jsondecode(var.report_topic_arn) : try(one.channel, "")])';
  expect(text).toContain('name    = join(",", var.allowed_groups)');
  expect(text).toContain(
    `comment = var.domain_name != null && (length(var.allowed_groups) != 0 || contains(${channels}, "mail")) ? "yes" : "no"`,
  );
});

describe("the whole system", () => {
  it("has a file for each sub-system, and each file names its generator", () => {
    const files = exported(infra);
    const subsystems = ["store", "functions", "pipeline", "users", "auth", "state", "api", "web", "report"];
    subsystems.push("monitoring", "billing");
    const others = ["variables.tf", "outputs.tf", "versions.tf", "providers.tf", "backend.tf"];
    const expected = ["main.tf", ...subsystems.map((name) => `${name}.tf`), ...others];
    expect([...files.keys()]).toEqual([...expected, "terraform.tfvars.example", "README.md"]);
    for (const [name, text] of files)
      expect(text.split("\n")[0], name).toContain("Generated by `npm run export`");
  });

  it("has a form without providers, whose resources have the module's tags by themselves", () => {
    const files = childModuleFiles(synthesize(infra), { module: "0.1.0", pipeline: "0.1.0", page: "0.1.0" });
    const text = [...files.values()].join("");
    expect(text).not.toMatch(/^provider "/m);
    expect(text).not.toMatch(/\$\{path\.module\}\/(?!\.\.\/)/);
    expect(files.get("versions.tf")).toContain("configuration_aliases = [aws.us_east_1]");
    expect(files.get("variables.tf")).not.toContain('variable "region"');
    const taggable = synthesize(infra).resources.filter(
      ({ mode, type }) => mode === "resource" && own(resourceType("5.100.0", type).attributes, "tags"),
    );
    expect(text.match(/^ {2}tags += local\.tags$/gm)).toHaveLength(taggable.length);
  });
});
