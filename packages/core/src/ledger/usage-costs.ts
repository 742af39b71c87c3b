import { add, type Money, magnitude, subtract } from "../money/index.ts";
import type { CostFilter } from "../source/index.ts";
import { type Category, categorise, type Quantity } from "../usage/index.ts";
import { UNITS_PER_CELL } from "./reconcile.ts";

/** One row of the service × usage type answer. */
export interface ServiceUsage {
  readonly service: string;
  readonly usageType: string;
  readonly cost: Money;
  readonly quantity: Quantity | null;
}

/** One row of the workload × usage type answer, which carries no service. */
export interface WorkloadUsage {
  readonly workload: string | null;
  readonly usageType: string;
  readonly cost: Money;
  readonly quantity: Quantity | null;
}

/** A workload's usage row with the category that its service and usage type give it together. */
export interface UsageCost extends WorkloadUsage {
  readonly category: Category;
}

/**
 * The categories of each usage type, as the services that use it give them: by cost, the largest first. The first takes
 * what no further query separates.
 */
export type UsageTypeCategories = ReadonlyMap<string, readonly ServiceCategory[]>;

interface ServiceCategory {
  readonly category: Category;
  readonly services: readonly string[];
}

/**
 * A query that separates the usage types whose services differ in category: with `filter`, workload × usage
 * type answers with the part of each row that belongs to `categoryOf` its usage type.
 */
export interface CategoryQuery {
  readonly filter: CostFilter;
  readonly categoryOf: ReadonlyMap<string, Category>;
  /** By usage type: the services that the filter lets through. What they cost is what the answer must sum to. */
  readonly servicesOf: ReadonlyMap<string, readonly string[]>;
}

/** Cost of pairs that the category table does not contain, largest first: candidates for new rows. */
export interface UnknownUsage {
  readonly service: string;
  readonly usageType: string;
  readonly cost: Money;
}

/** Reads the categories of every usage type off the service × usage type answer. */
export function usageTypeCategories(services: Iterable<ServiceUsage>): UsageTypeCategories {
  const seen = new Map<string, Map<string, bigint>>();
  for (const { service, usageType, cost } of services) {
    const own = seen.get(usageType) ?? new Map<string, bigint>();
    // By size: a service whose usage one workload pays and another's credit takes back costs something.
    own.set(service, (own.get(service) ?? 0n) + magnitude(cost.units));
    seen.set(usageType, own);
  }
  return new Map([...seen].map(([usageType, own]) => [usageType, categoriesOf(usageType, own)]));
}

/** The queries that `usageCosts` still needs to find every category: mostly none, hardly ever two. */
export function categoryQueries(types: UsageTypeCategories): readonly CategoryQuery[] {
  const split = [...types].filter(([, categories]) => categories.length > 1);
  const rounds = Math.max(0, ...split.map(([, categories]) => categories.length - 1));
  return Array.from({ length: rounds }, (_, at) => {
    const parts = split.flatMap(([usageType, categories]) => {
      const part = categories[at + 1];
      return part === undefined ? [] : [{ usageType, ...part }];
    });
    const filters = parts.map(
      ({ usageType, services }): CostFilter => ({
        and: [equals("usageType", [usageType]), equals("service", services)],
      }),
    );
    const [only] = filters;
    return {
      filter: filters.length === 1 && only !== undefined ? only : { or: filters },
      categoryOf: new Map(parts.map(({ usageType, category }) => [usageType, category])),
      servicesOf: new Map(parts.map(({ usageType, services }) => [usageType, services])),
    };
  });
}

/** The rows that answered a query about categories. */
export interface CategoryAnswer {
  readonly query: CategoryQuery;
  readonly rows: readonly WorkloadUsage[];
}

/**
 * The services' rows that an answer must sum to. Nothing else shows that one of its pages was lost: what a part lacks
 * would count as the rest of its row.
 */
export function rowsBehind({ query }: CategoryAnswer, services: readonly ServiceUsage[]) {
  return services.filter(({ service, usageType }) => query.servicesOf.get(usageType)?.includes(service));
}

/**
 * The workloads' usage rows with their categories. Where `answers` separate a part of a usage type, its rows are
 * split: part and rest sum to the row, in cost and in quantity. An answer may come in days, the rows in months: what AWS
 * rounded in between is no rest.
 */
export function usageCosts(
  rows: readonly WorkloadUsage[],
  types: UsageTypeCategories,
  answers: readonly CategoryAnswer[],
): readonly UsageCost[] {
  const parts = partsByRow(answers);
  const costs: UsageCost[] = [];
  for (const row of rows) {
    const category = types.get(row.usageType)?.[0]?.category ?? categorise(null, row.usageType).category;
    const own = parts.get(row.workload)?.get(row.usageType) ?? [];
    const rest = own.reduce(without, row);
    const [first, ...others] = own;
    const separated = first !== undefined && isRounding(rest, own) ? [together(first, rest), ...others] : own;
    if (separated === own) costs.push(inCategory(rest, category));
    costs.push(...separated.map((part) => inCategory(part, part.category)));
  }
  return costs;
}

/** Service and usage type pairs that only the fallback answered for, by cost. */
export function unknownUsage(services: readonly ServiceUsage[]): readonly UnknownUsage[] {
  const costs = new Map<string, Map<string, Money>>();
  for (const { service, usageType, cost } of services) {
    if (categorise(service, usageType).known) continue;
    const own = costs.get(service) ?? new Map<string, Money>();
    const before = own.get(usageType);
    own.set(usageType, before === undefined ? cost : add(before, cost));
    costs.set(service, own);
  }
  return [...costs]
    .flatMap(([service, own]) => [...own].map(([usageType, cost]) => ({ service, usageType, cost })))
    .sort((a, b) => (a.cost.units === b.cost.units ? 0 : a.cost.units > b.cost.units ? -1 : 1));
}

function categoriesOf(usageType: string, services: ReadonlyMap<string, bigint>): readonly ServiceCategory[] {
  // Where only one of several services costs anything, there is nothing to separate.
  const costing = [...services].filter(([, units]) => units !== 0n);
  const found = new Map<Category, { services: string[]; size: bigint }>();
  for (const [service, units] of costing.length > 0 ? costing : [...services].slice(0, 1)) {
    const { category } = categorise(service, usageType);
    const own = found.get(category) ?? { services: [], size: 0n };
    own.services.push(service);
    found.set(category, { services: own.services, size: own.size + units });
  }
  return [...found]
    .sort(([a, x], [b, y]) => (x.size === y.size ? (a < b ? -1 : 1) : x.size > y.size ? -1 : 1))
    .map(([category, { services: names }]) => ({ category, services: names.sort() }));
}

/** The part of a row that an answer contains: a group of a month, or the groups of its days together. */
interface CategoryPart extends UsageCost {
  readonly groups: number;
}

function partsByRow(answers: readonly CategoryAnswer[]) {
  const parts = new Map<string | null, Map<string, readonly CategoryPart[]>>();
  for (const { query, rows } of answers) {
    for (const row of rows) {
      const category = query.categoryOf.get(row.usageType);
      if (category === undefined) continue;
      const own = parts.get(row.workload) ?? new Map<string, readonly CategoryPart[]>();
      const known = own.get(row.usageType) ?? [];
      const before = known.find((part) => part.category === category);
      const part = before === undefined ? { ...row, category, groups: 1 } : together(before, row);
      own.set(row.usageType, [...known.filter((other) => other !== before), part]);
      parts.set(row.workload, own);
    }
  }
  return parts;
}

const together = (part: CategoryPart, { cost, quantity }: WorkloadUsage): CategoryPart => ({
  ...part,
  cost: add(part.cost, cost),
  quantity: quantitiesTogether(part.quantity, quantity),
  groups: part.groups + 1,
});

// A day may lack a quantity where the month has one.
function quantitiesTogether(a: Quantity | null, b: Quantity | null): Quantity | null {
  if (a === null || b === null) return a ?? b;
  return { units: a.units + b.units, unit: a.unit === b.unit ? a.unit : "N/A" };
}

function without(row: WorkloadUsage, part: WorkloadUsage): WorkloadUsage {
  return {
    ...row,
    cost: subtract(row.cost, part.cost),
    quantity: quantityWithout(row.quantity, part.quantity),
  };
}

// Units that differ show that the row was a mix: then the remainder is unknown.
function quantityWithout(whole: Quantity | null, part: Quantity | null): Quantity | null {
  if (whole === null || part === null || whole.unit !== part.unit) return null;
  return { units: whole.units - part.units, unit: whole.unit };
}

/** Whether all that is left of a row is what AWS rounds in so many groups and in the row. */
function isRounding({ cost, quantity }: WorkloadUsage, parts: readonly CategoryPart[]): boolean {
  const groups = parts.reduce((all, part) => all + part.groups, 0);
  // A group of a month is the row itself, or is not: nothing was rounded in between.
  const allowed = groups === parts.length ? 0n : BigInt(groups + 1) * UNITS_PER_CELL;
  return magnitude(cost.units) <= allowed && magnitude(quantity?.units ?? 0n) <= allowed;
}

const inCategory = ({ workload, usageType, cost, quantity }: WorkloadUsage, category: Category) => ({
  workload,
  usageType,
  cost,
  quantity,
  category,
});

const equals = (by: "usageType" | "service", values: readonly string[]): CostFilter => ({
  of: { by },
  match: "equals",
  caseSensitive: true,
  values,
});
