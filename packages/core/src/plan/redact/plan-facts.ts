import {
  entriesOf,
  type JsonObject,
  listProperty,
  property,
  textList,
  textProperty,
} from "../json-object.ts";
import type { RedactedChange, RedactedPlan } from "./redacted-plan.ts";

export const versionOf = (plan: JsonObject) => {
  const version = textProperty(plan, "terraform_version");
  return version !== null && /^[\w.+-]{1,40}$/.test(version) ? version : null;
};

/** By the registry of the providers: the plan does not name the tool that made it. */
export function toolOf(plan: JsonObject, all: readonly RedactedChange[]): RedactedPlan["tool"] {
  const kept = textProperty(plan, "tool");
  if (kept === "terraform" || kept === "opentofu") return kept;
  const configured = entriesOf(property(property(plan, "configuration"), "provider_config"));
  const names = [
    ...configured.map(([, provider]) => textProperty(provider, "full_name") ?? ""),
    ...all.map(({ provider_name }) => provider_name),
  ];
  if (names.some((name) => name.startsWith("registry.opentofu.org/"))) return "opentofu";
  return names.some((name) => name.startsWith("registry.terraform.io/")) ? "terraform" : null;
}

export function outputActions(plan: JsonObject): RedactedPlan["output_changes"] {
  const outputs = entriesOf(property(plan, "output_changes"));
  return Object.fromEntries(
    outputs.map(([name, output]) => [name, { actions: textList(property(output, "actions")) }]),
  );
}

export const deferredCount = (plan: JsonObject) => {
  const kept = property(plan, "deferred");
  return typeof kept === "number" ? kept : listProperty(plan, "deferred_changes").length;
};

export const failedChecks = (plan: JsonObject) => [
  ...textList(property(plan, "failed_checks")),
  ...listProperty(plan, "checks").flatMap((check) => {
    const status = textProperty(check, "status");
    const name = textProperty(property(check, "address"), "to_display");
    return (status === "fail" || status === "error") && name !== null ? [name] : [];
  }),
];
