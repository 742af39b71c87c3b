import type { Input } from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { infra } from "../../../infra/index.ts";
import type { Platform } from "../../../infra/platform.ts";
import { exported, partText } from "./testing/exported.ts";

/** A log group whose name is a text of ours: the shortest resource with one. */
const named = (name: (platform: Platform) => Input<string>) =>
  /name = (.*)/.exec(
    partText((platform) => void new platform.aws.cloudwatch.LogGroup("one", { name: name(platform) })),
  )?.[1];

describe("a text", () => {
  it("carries inputs and attributes", () => {
    expect(named(({ text, inputs }) => text`/aws/${inputs.name_prefix}-x`)).toBe(
      '"/aws/${var.name_prefix}-x"',
    );
  });

  it("that is one input alone becomes text where the input is none", () => {
    expect(named(({ text, inputs }) => text`${inputs.include_efs}`)).toBe("tostring(var.include_efs)");
  });

  it("is escaped where it would be read as HCL", () => {
    expect(named(() => "${aws:username} %{if}")).toBe('"$${aws:username} %%{if}"');
    expect(named(({ text, inputs }) => text`\${a}${inputs.name_prefix}%{b}`)).toBe(
      '"$${a}${var.name_prefix}%%{b}"',
    );
  });

  it("is escaped where its parts meet, too", () => {
    expect(named(({ text, inputs }) => text`USD $${inputs.name_prefix}`)).toBe(
      '"USD ${"$"}${var.name_prefix}"',
    );
    expect(named(({ text, inputs }) => text`$$${inputs.name_prefix}`)).toBe('"${"$$"}${var.name_prefix}"');
    expect(named(({ text }) => text`${"$"}{x}`)).toBe('"$${x}"');
    expect(named(({ text }) => text`$${text`{x}`}`)).toBe('"$${x}"');
  });

  it("keeps quotes, backslashes and control characters", () => {
    expect(named(() => 'a"b\\c\nd\te\r\u0000\u007f')).toBe('"a\\"b\\\\c\\nd\\te\\r\\u0000\\u007f"');
  });
});

describe("what the module does not know", () => {
  const made = (create: (platform: Platform) => void) => () => partText(create);
  // biome-ignore lint/suspicious/noExplicitAny: what the types of infra/ refuse, the exporter refuses as well
  type Anything = any;

  it("is a class: it has to be added to the list", () => {
    expect(made(({ aws }) => void new (aws as Anything).ec2.Instance("one", {}))).toThrow(
      "aws.ec2.Instance has no Terraform type in packages/terraform/src/symbols/types.ts.",
    );
  });

  it("is an argument", () => {
    expect(made(({ aws }) => void new (aws as Anything).s3.Bucket("one", { bukcet: "x" }))).toThrow(
      "aws_s3_bucket has no argument that Pulumi calls bukcet.",
    );
  });

  it("is an option", () => {
    const options = { retainOnDelete: true };
    expect(made(({ aws }) => void new (aws as Anything).s3.Bucket("one", {}, options))).toThrow(
      "one: the option retainOnDelete has no form in the module.",
    );
  });

  it("is a resource in the place of one of its properties", () => {
    expect(
      made(({ aws }) => {
        const role = new aws.iam.Role("one", { assumeRolePolicy: "{}" });
        new aws.iam.RolePolicy("one", { role, policy: "{}" });
      }),
    ).toThrow("Of a resource, say which property is meant.");
  });

  it("is a function or a date", () => {
    expect(() => named(() => (() => "x") as Anything)).toThrow("cannot be written as HCL: function");
    expect(() => named(({ text }) => text`${new Date(0) as Anything}`)).toThrow("holds what is no text");
  });

  it("is a block that depends on an input", () => {
    expect(
      made(({ aws, inputs }) => {
        const versioningConfiguration = inputs.tags as Anything;
        new aws.s3.BucketVersioning("one", { bucket: "x", versioningConfiguration });
      }),
    ).toThrow("whether it is there cannot depend on an input");
  });

  it("is a second resource of the same address", () => {
    const twice = ({ aws }: Platform) => {
      new aws.s3.Bucket("one", {});
      new aws.s3.Bucket("one", {});
    };
    expect(made(twice)).toThrow("aws_s3_bucket.one is made twice. Give one of them another name.");
  });

  it("is a resource that belongs to no sub-system", () => {
    expect(() => exported(({ aws }) => void new aws.s3.Bucket("one", {}))).toThrow("belongs to no part");
  });
});

describe("resources under a condition", () => {
  const text = partText((platform) => {
    const { aws, inputs, given, when } = platform;
    const topic = when(given(inputs.alarm_email), () => {
      const made = new aws.sns.Topic("alarms", { name: "alarms" });
      new aws.sns.TopicSubscription("alarms", {
        topic: made.arn,
        protocol: "email",
        endpoint: "a@example.com",
      });
      return made;
    });
    new aws.ssm.Parameter("told", { name: "/told", type: "String", value: topic?.arn as Input<string> });
  });

  it("are counted", () => {
    expect(text.match(/count = var\.alarm_email != null \? 1 : 0/g)).toHaveLength(2);
  });

  it("name each other without asking, and are null for everybody else", () => {
    expect(text).toContain("topic_arn = aws_sns_topic.alarms[0].arn");
    expect(text).toContain("one(aws_sns_topic.alarms[*].arn)");
  });
});

describe("resources for each of some names", () => {
  const each = (use: (platform: Platform, keys: Input<Input<string>[]>) => void) =>
    partText((platform) => {
      const keys = platform.each(platform.inputs.signing_keys, (name) => {
        const key = new platform.aws.kms.Key("signing", { description: name });
        new platform.aws.cloudfront.PublicKey("signing", { encodedKey: key.arn });
        return key;
      });
      use(
        platform,
        keys.map((key) => key.arn),
      );
    });

  it("name their own", () => {
    const text = each(() => {});
    expect(text.match(/for_each = toset\(var\.signing_keys\)/g)).toHaveLength(2);
    expect(text).toContain("description = each.key");
    expect(text).toContain("encoded_key = aws_kms_key.signing[each.key].arn");
  });

  it("are listed by their names for everybody else", () => {
    const text = each(({ aws }, items) => void new aws.cloudfront.KeyGroup("data", { name: "data", items }));
    expect(text).toContain("items = [for key in var.signing_keys : aws_kms_key.signing[key].arn]");
  });

  it("are not one of them, for somebody outside", () => {
    const outside = () =>
      partText(({ aws, each, inputs }) => {
        let last: Input<string> = "";
        each(inputs.signing_keys, () => {
          last = new aws.kms.Key("signing", {}).arn;
        });
        new aws.ssm.Parameter("told", { name: "/told", type: "String", value: last });
      });
    expect(outside).toThrow("say which one");
  });

  it("are not conditional as well", () => {
    const nested = () =>
      partText(({ each, inputs, when, given }) => {
        each(inputs.signing_keys, () => when(given(inputs.alarm_email), () => null));
      });
    expect(nested).toThrow("Conditions and repetitions of resources cannot stand inside each other.");
  });
});

describe("what comes after what", () => {
  it("is said by address", () => {
    const text = partText(({ aws }) => {
      const one = new aws.s3.Bucket("one", {});
      new aws.s3.Bucket("two", {}, { dependsOn: [one] });
    });
    expect(text).toContain("depends_on = [aws_s3_bucket.one]");
  });

  it("names resources of the description only", () => {
    const text = () => partText(({ aws }) => void new aws.s3.Bucket("two", {}, { dependsOn: [{} as never] }));
    expect(text).toThrow("dependsOn names something that is no resource of this recording.");
  });
});

describe("lists and choices", () => {
  it("are decided where the module is applied", () => {
    const text = partText(({ aws, concat, listWhen, given, choose, orElse, inputs }) => {
      const own = given(inputs.domain_name);
      new aws.cloudfront.KeyGroup("data", {
        name: orElse(inputs.domain_name, "none"),
        comment: choose(own, "own", "ours"),
        items: concat(["a"], listWhen(own, ["b"])),
      });
    });
    expect(text).toContain('name    = var.domain_name != null ? var.domain_name : "none"');
    expect(text).toContain('comment = var.domain_name != null ? "own" : "ours"');
    expect(text).toContain('items   = concat(["a"], var.domain_name != null ? ["b"] : [])');
  });
});

describe("the whole system", () => {
  it("is exported the same way every time", () => {
    expect([...exported(infra)]).toEqual([...exported(infra)]);
  });

  it("has a file for each sub-system, and each says where it comes from", () => {
    const files = exported(infra);
    expect([...files.keys()]).toEqual([
      "main.tf",
      "store.tf",
      "pipeline.tf",
      "auth.tf",
      "web.tf",
      "monitoring.tf",
      "billing.tf",
      "variables.tf",
      "outputs.tf",
      "versions.tf",
      "backend.tf",
      "terraform.tfvars.example",
      "README.md",
    ]);
    for (const [name, text] of files)
      expect(text.split("\n")[0], name).toContain("Generated by `npm run export`");
  });
});
