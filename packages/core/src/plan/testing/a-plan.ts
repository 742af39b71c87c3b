import { readFile } from "node:fs/promises";
import { priceBook, shippedBook } from "../../pricing/index.ts";
import type { PlanPricing } from "../plan-report.ts";

/** A resource change as Terraform writes it. Tests state what matters. */
export function aPlannedChange(given: {
  readonly address: string;
  readonly actions?: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
  readonly entry?: Readonly<Record<string, unknown>>;
  readonly change?: Readonly<Record<string, unknown>>;
}): Readonly<Record<string, unknown>> {
  const { address, actions = ["no-op"], before = null, after = null, entry = {}, change = {} } = given;
  const [, module = null, type, name] =
    /^(?:(module\..*)\.)?(\w+)\.([\w-]+)(?:\[.*\])?$/s.exec(address) ?? [];
  return {
    address,
    ...(module === null ? {} : { module_address: module }),
    mode: "managed",
    type,
    name,
    provider_name: "registry.terraform.io/hashicorp/aws",
    ...entry,
    change: {
      actions,
      before,
      after,
      after_unknown: {},
      before_sensitive: false,
      after_sensitive: {},
      ...change,
    },
  };
}

/** The bytes of a plan's JSON. */
export const planBytes = (plan: Readonly<Record<string, unknown>> = {}): Uint8Array =>
  new TextEncoder().encode(
    JSON.stringify({ format_version: "1.2", terraform_version: "1.11.4", resource_changes: [], ...plan }),
  );

/** A configuration whose one provider is in a region. */
export const inRegion = (region: string, ...resources: readonly string[]) => ({
  provider_config: {
    aws: {
      name: "aws",
      full_name: "registry.terraform.io/hashicorp/aws",
      expressions: { region: { constant_value: region } },
    },
  },
  root_module: { resources: resources.map((address) => aConfiguredResource(address)) },
});

export function aConfiguredResource(address: string, expressions: unknown = {}, providerKey = "aws") {
  const [type, name] = address.split(".");
  return { address, mode: "managed", type, name, provider_config_key: providerKey, expressions };
}

/** A plan that the real Terraform and AWS provider made, of `tests/plans`. */
export const realPlan = (name: string): Promise<Uint8Array> =>
  readFile(new URL(`../../../../../tests/plans/json/${name}.json`, import.meta.url));

/** The shipped list prices, in dollars. */
export const listPrices: PlanPricing = {
  region: null,
  currency: "USD",
  rates: { observed: null, list: priceBook(shippedBook) },
  usage: null,
  comparable: null,
};
