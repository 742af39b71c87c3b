import type { JsonValue } from "../../pricing/index.ts";
import { entriesOf, type JsonObject, listProperty, property, textProperty } from "../json-object.ts";
import { type Configuration, type ConfiguredResource, callNames } from "./configuration.ts";

const REGION = /^[a-z]{2,4}(-[a-z]+){1,3}-\d{1,2}$/;

/** Whether a text is written like a region of AWS: `eu-central-1`. */
export const isRegion = (text: string): boolean => text.length <= 32 && REGION.test(text);

const regionOr = (value: JsonValue | undefined): string | null =>
  typeof value === "string" && isRegion(value) ? value : null;

/** A resource of which the region is wanted. */
export interface LocatedResource {
  readonly configured: ConfiguredResource | null;
  readonly before: JsonValue;
  readonly after: JsonValue;
}

/** The region that a resource's own values name: the provider's `region` attribute, else its ARN, after the change first. */
function ownRegion({ before, after }: Pick<LocatedResource, "before" | "after">): string | null {
  for (const values of [after, before]) {
    const found = regionOr(property(values, "region")) ?? regionOfArn(textProperty(values, "arn"));
    if (found !== null) return found;
  }
  return null;
}

const regionOfArn = (arn: string | null) =>
  arn?.startsWith("arn:") === true ? regionOr(arn.split(":", 4)[3]) : null;

/** The region of an availability zone or a local zone: `eu-central-1a`, `us-west-2-lax-1a`. */
function regionOfZone({ before, after }: LocatedResource): string | null {
  const zone = textProperty(after, "availability_zone") ?? textProperty(before, "availability_zone") ?? "";
  const [, region] = /^([a-z]{2,4}(?:-[a-z]+){1,3}-\d{1,2})(?:[a-z]|-[a-z]+-\d+[a-z])$/.exec(zone) ?? [];
  return regionOr(region);
}

/** Finds the regions of a plan's resources. Where nothing in the plan decides one, it is `null`: no region is assumed. */
export interface RegionResolver {
  regionOf(resource: LocatedResource): string | null;
  /** Regions that were taken from other resources of the same provider. */
  readonly observed: ReadonlySet<string>;
}

/**
 * In this order: the resource's own attribute or ARN; its provider's configuration, a constant or a variable; its zone;
 * what all existing resources of the same provider have in common, data sources too.
 */
export function regionResolver(
  plan: JsonObject,
  configuration: Configuration,
  existing: readonly LocatedResource[],
): RegionResolver {
  const byProvider = new Map<string, Set<string>>();
  const note = (key: string, region: string | null) => {
    if (region !== null) byProvider.set(key, (byProvider.get(key) ?? new Set()).add(region));
  };
  for (const { configured, after } of existing) {
    if (configured !== null) note(configured.providerKey, ownRegion({ before: null, after }));
  }
  const prior = property(property(property(plan, "prior_state"), "values"), "root_module");
  for (const { key, region } of regionsRead(prior, configuration)) note(key, region);

  const configured = new Map<string, string | null>();
  const providerRegion = (key: string) => {
    const known = configured.get(key);
    if (known !== undefined) return known;
    const region = configuredRegion(key, configuration);
    configured.set(key, region);
    return region;
  };
  const observed = new Set<string>();
  return {
    observed,
    regionOf(resource) {
      const key = resource.configured?.providerKey ?? null;
      const known =
        ownRegion(resource) ?? (key === null ? null : providerRegion(key)) ?? regionOfZone(resource);
      if (known !== null || key === null) return known;
      const [only, ...others] = byProvider.get(key) ?? [];
      if (only === undefined || others.length > 0) return null;
      observed.add(only);
      return only;
    },
  };
}

function configuredRegion(key: string, configuration: Configuration): string | null {
  const provider = configuration.provider(key);
  const modulePath = callNames(textProperty(provider, "module_address"));
  const expression = property(property(provider, "expressions"), "region");
  return regionOr(configuration.expressionValue(expression, modulePath));
}

/** What data sources `aws_region` read, by the key of their provider. */
function regionsRead(
  module: JsonValue | undefined,
  configuration: Configuration,
): readonly { readonly key: string; readonly region: string | null }[] {
  const own = listProperty(module, "resources")
    .filter((one) => textProperty(one, "type") === "aws_region" && textProperty(one, "mode") === "data")
    .flatMap((one) => {
      const found = configuration.resource(
        textProperty(module, "address"),
        "data",
        "aws_region",
        textProperty(one, "name") ?? "",
      );
      const values = property(one, "values");
      // A data source that names another region than its provider's says nothing about the provider.
      const isAsked = entriesOf(found?.expressions).length > 0;
      return found === null || isAsked
        ? []
        : [{ key: found.providerKey, region: regionOr(property(values, "id")) }];
    });
  const children = listProperty(module, "child_modules").flatMap((child) =>
    regionsRead(child, configuration),
  );
  return [...own, ...children];
}
