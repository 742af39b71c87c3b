import { inputTable } from "../../../infra/inputs.ts";
import {
  type ConditionalList,
  constantLine,
  type LambdaArgs,
  type Platform,
  type ScheduleArgs,
  type SiteArgs,
} from "../../../infra/platform.ts";
import { bucketMethods, type Create, label, lambda, property, schedule, site } from "./components.ts";
import { choose, equal, isSet } from "./conditions.ts";
import { call, code, Expression, isExpression, operation, template } from "./synthesis/expression.ts";
import { type Synthesis, Synthesizer } from "./synthesis/synthesizer.ts";

/**
 * Runs a description of the system and collects what it declares. Pulumi does not run: inputs are Terraform's variables,
 * and what depends on them is an expression.
 */
export function synthesize(infra: (platform: Platform) => void): Synthesis {
  const synthesizer = new Synthesizer();
  infra(exportPlatform(synthesizer) as unknown as Platform);
  return synthesizer.synthesis();
}

/** The provider of the resources in us-east-1; the default provider's region is an input. */
const US_EAST_1 = "aws.us_east_1";

function exportPlatform(synthesizer: Synthesizer) {
  return {
    aws: synthesizer.aws(),
    inputs: Object.fromEntries(Object.keys(inputTable).map((name) => [name, code(`var.${name}`)])),
    region: code("data.aws_region.current.id"),
    accountId: code("data.aws_caller_identity.current.account_id"),
    partition: code("data.aws_partition.current.partition"),
    dnsSuffix: code("data.aws_partition.current.dns_suffix"),
    usEast1: { providerAlias: US_EAST_1 },

    subsystem: (name: string, description: string, create: () => unknown) =>
      synthesizer.subsystem(name, description, create),
    comment: (text: string) => synthesizer.comment(text),
    local: (name: string, value: unknown) => synthesizer.local(name, value),
    text: (strings: TemplateStringsArray, ...values: readonly unknown[]) =>
      template(
        ...strings.flatMap((text, at) => [text, ...values.slice(at, at + 1)]).filter((part) => part !== ""),
      ),
    hostOf: (url: unknown) => call("trimsuffix", call("trimprefix", url, "https://"), "/"),
    json: (document: unknown) => call("jsonencode", document),
    file(path: string, constants: Readonly<Record<string, unknown>> = {}) {
      synthesizer.files.add(path);
      return Object.entries(constants).reduce(
        (text, [name, value]) => {
          const { empty, before, after } = constantLine(name);
          return call("replace", text, empty, template(before, value, after));
        },
        code(`file("\${path.module}/${path}")`),
      );
    },

    isSet,
    equal,
    startsWith: (text: unknown, ...start: readonly unknown[]) => call("startswith", text, template(...start)),
    any: (...conditions: readonly unknown[]) => operation("||", ...conditions),
    all: (...conditions: readonly unknown[]) => operation("&&", ...conditions),
    has: (list: unknown, value: unknown) => call("contains", list, value),
    hasElements: (list: unknown) => operation("!=", call("length", list), 0),
    joined: (list: unknown) => call("join", ",", list),
    column: (of: unknown, name: string, absent = "") => new Expression({ kind: "column", of, name, absent }),
    element: (of: unknown, key: unknown) => operation("[]", of, key),
    orDefault: (value: unknown, byDefault: unknown) => choose(isSet(value), value, byDefault),
    choose,
    listWhen: (condition: unknown, values: unknown) => ({ condition, values }),
    concat: (...lists: readonly (readonly unknown[] | Expression | ConditionalList<unknown>)[]) =>
      call("concat", ...lists.map((list) => (isConditional(list) ? conditionally(list) : list))),
    when: (condition: unknown, create: () => unknown) => synthesizer.when(condition, create),
    forEach(names: unknown, create: Create) {
      if (Array.isArray(names)) {
        return { map: (value: Create) => names.map((name) => value(create(name, label))) };
      }
      return synthesizer.forEach({ forEach: call("toset", names), source: names }, (each) => {
        const made = create(new Expression({ kind: "key", of: each }), label);
        return {
          map: (value: Create) => new Expression({ kind: "for", each, value: value(made), condition: true }),
        };
      });
    },
    table: (name: string, rows: Readonly<Record<string, object>>, create: Create, defaults?: object) =>
      synthesizer.table(name, rows, (row, key) => create(row, key, label), defaults),
    map: (name: string, rows: readonly object[], create: Create, defaults?: object, only?: Create) =>
      synthesizer.map(name, rows, create, defaults, only),
    require: (condition: unknown, message: string) => synthesizer.requirements.push({ condition, message }),
    output: (name: string, description: string, value: unknown) =>
      synthesizer.outputs.push({ name, description, value }),

    ...bucketMethods(synthesizer),
    lambda: (name: string, args: LambdaArgs) => lambda(synthesizer, name, args),
    schedule: (name: string, args: ScheduleArgs) => schedule(synthesizer, name, args),
    site: (name: string, args: SiteArgs) => site(synthesizer, name, args),
    // CloudFront returns every key with a newline at its end; without it each plan would replace the key.
    publicKeyPem: (name: string, keyId: unknown) => {
      const key = synthesizer.data("aws_kms_public_key", name, { keyId });
      return template(call("trimspace", property(key, "publicKeyPem")), "\n");
    },
  };
}

const isConditional = (list: object): list is ConditionalList<unknown> =>
  !Array.isArray(list) && !isExpression(list);

/** A computed list is filtered: Terraform refuses a conditional of lists whose elements differ in type. */
const conditionally = ({ condition, values }: ConditionalList<unknown>) =>
  isExpression(values)
    ? new Expression({ kind: "filtered", list: values, condition })
    : choose(condition, values, []);
