import type { JsonValue } from "../../pricing/index.ts";
import { entriesOf, type JsonObject, listProperty, property, textProperty } from "../json-object.ts";
import { type References, referencesOf } from "./references.ts";

/** A resource as the configuration writes it, once for all of its instances. */
export interface ConfiguredResource {
  /** Key into `provider_config`: `aws.west`, `module.network:aws`. */
  readonly providerKey: string;
  readonly expressions: JsonValue | undefined;
  /** Of its own module. */
  readonly references: References;
  /** The names of the module calls that lead to it. */
  readonly modulePath: readonly string[];
}

/** What is read of a plan's `configuration`. */
export interface Configuration {
  resource(module: string | null, mode: string, type: string, name: string): ConfiguredResource | null;
  /** The constant that an expression is, or the value of the one variable that it is; `null` where it is neither. */
  expressionValue(expression: JsonValue | undefined, modulePath: readonly string[]): JsonValue;
  provider(key: string): JsonValue | undefined;
  /** `null` where the plan has no configuration of the provider. */
  hasDefaultTags(providerKey: string): boolean | null;
}

/** Reads the configuration of a plan, with the values of its variables. */
export function readConfiguration(plan: JsonObject): Configuration {
  const configuration = property(plan, "configuration");
  const root = property(configuration, "root_module");
  const variables = property(plan, "variables");
  const resources = new Map<string, ConfiguredResource>();
  const namesOf = callNamesByAddress();
  collectResources(root, [], resources);

  function expressionValue(expression: JsonValue | undefined, modulePath: readonly string[]): JsonValue {
    const constant = property(expression, "constant_value");
    if (constant !== undefined) {
      // Configuration in JSON has "${var.region}" under constant_value.
      const [, name] =
        typeof constant === "string" ? (/^\$\{\s*var\.([\w-]+)\s*\}$/.exec(constant) ?? []) : [];
      return name === undefined ? constant : variable(name, modulePath);
    }
    const path = onlyReference(listProperty(expression, "references"));
    const [kind, name, ...keys] = path?.split(".") ?? [];
    if (kind !== "var" || name === undefined) return null;
    return keys.reduce<JsonValue>((value, key) => property(value, key) ?? null, variable(name, modulePath));
  }

  function variable(name: string, modulePath: readonly string[]): JsonValue {
    const declared = property(property(moduleAt(root, modulePath), "variables"), name);
    const byDefault = property(declared, "default") ?? null;
    const parent = modulePath.slice(0, -1);
    if (modulePath.length === 0) return property(property(variables, name), "value") ?? byDefault;
    const call = property(property(moduleAt(root, parent), "module_calls"), modulePath.at(-1) ?? "");
    const given = property(property(call, "expressions"), name);
    return given === undefined ? byDefault : expressionValue(given, parent);
  }

  const provider = (key: string) => property(property(configuration, "provider_config"), key);
  return {
    resource: (module, mode, type, name) =>
      resources.get(resourceKey(namesOf(module), mode, type, name)) ?? null,
    expressionValue,
    provider,
    hasDefaultTags(key) {
      const found = provider(key);
      return found === undefined
        ? null
        : property(property(found, "expressions"), "default_tags") !== undefined;
    },
  };
}

function collectResources(
  module: JsonValue | undefined,
  modulePath: readonly string[],
  into: Map<string, ConfiguredResource>,
): void {
  for (const resource of listProperty(module, "resources")) {
    const [mode, type, name] = ["mode", "type", "name"].map((key) => textProperty(resource, key) ?? "");
    into.set(resourceKey(modulePath, mode ?? "", type ?? "", name ?? ""), {
      providerKey: textProperty(resource, "provider_config_key") ?? "",
      expressions: property(resource, "expressions"),
      references: referencesOf(property(resource, "expressions")),
      modulePath,
    });
  }
  for (const [name, call] of entriesOf(property(module, "module_calls"))) {
    collectResources(property(call, "module"), [...modulePath, name], into);
  }
}

const resourceKey = (modulePath: readonly string[], mode: string, type: string, name: string) =>
  JSON.stringify([modulePath, mode, type, name]);

/** The names of calls, kept by the address: the instances of a module share it. */
function callNamesByAddress() {
  const known = new Map<string, readonly string[]>();
  return (module: string | null): readonly string[] => {
    if (module === null) return [];
    const found = known.get(module) ?? callNames(module);
    known.set(module, found);
    return found;
  };
}

/** `module.a["k.v"].module.b` has the calls a and b. A key may hold any character. */
export function callNames(module: string | null): readonly string[] {
  const calls = (module ?? "").matchAll(
    /module\.([\p{L}\p{N}_-]+)(?:\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?(?:\.|$)/gu,
  );
  return [...calls].map(([, name = ""]) => name);
}

function moduleAt(root: JsonValue | undefined, modulePath: readonly string[]): JsonValue | undefined {
  return modulePath.reduce<JsonValue | undefined>(
    (module, name) => property(property(property(module, "module_calls"), name), "module"),
    root,
  );
}

/**
 * The one reference of an expression; `null` where it has several. `var.a.b` is listed with the `var.a` that it is part of.
 * An expression with one reference may still compute something from it: who reads the value checks what it is.
 */
function onlyReference(references: readonly JsonValue[]): string | null {
  const texts = references.filter((one) => typeof one === "string");
  const longest = texts.reduce((best, one) => (one.length > best.length ? one : best), "");
  const isOne = texts.every((one) => one === longest || longest.startsWith(`${one}.`));
  return longest !== "" && isOne ? longest : null;
}
