import {
  CostExplorerClient,
  CostExplorerServiceException,
  DescribeCostCategoryDefinitionCommand,
  GetCostAndUsageCommand,
  GetCostCategoriesCommand,
  GetCostForecastCommand,
  GetTagsCommand,
  ListCostAllocationTagsCommand,
  ListCostCategoryDefinitionsCommand,
} from "@aws-sdk/client-cost-explorer";
import { instantOf, type Window } from "@dapanoskop/core/calendar";
import { parseMoney } from "@dapanoskop/core/money";
import type { AllocationTag, CostExplorerProbes, Probe } from "@dapanoskop/doctor";
import * as v from "valibot";
import { type RequestScope, scopeMembers } from "../cost-explorer/request-scope.ts";
import type { Send } from "../transport/index.ts";
import { BEFORE_PARSING, type ObservedAnswers } from "./observed-answers.ts";
import { probeClient, sendProbe } from "./send-probe.ts";

// Of an answer only what a finding needs is read. A list that is not there is an empty one.
const Cost = v.object({
  ResultsByTime: v.array(
    v.object({ Total: v.optional(v.record(v.string(), v.object({ Amount: v.string() }))) }),
  ),
});
const Tags = v.object({
  CostAllocationTags: v.array(
    v.object({
      TagKey: v.string(),
      Status: v.string(),
      LastUpdatedDate: v.optional(v.string()),
      LastUsedDate: v.optional(v.string()),
    }),
  ),
  NextToken: v.optional(v.string()),
});
const TagKeys = v.object({ Tags: v.optional(v.array(v.string()), []) });
const Categories = v.object({ CostCategoryNames: v.optional(v.array(v.string()), []) });
const Definitions = v.object({
  CostCategoryReferences: v.optional(
    v.array(v.object({ CostCategoryArn: v.string(), Name: v.string() })),
    [],
  ),
});

/** The most tags on a page. */
const MOST_TAGS = 1_000;
/** The most definitions on a page. */
const MOST_DEFINITIONS = 100;

/** @param region of the partition's Cost Explorer */
export function costExplorerProbes(
  region: string,
  scope: RequestScope,
  observed: ObservedAnswers,
): CostExplorerProbes {
  const client = new CostExplorerClient({ region, ...probeClient });
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      observed.record(result.response, true);
      return result;
    },
    BEFORE_PARSING,
  );
  const ask = <Answer, Value>(send: Send<Answer>, read: (answer: Answer) => Value) =>
    sendProbe(CostExplorerServiceException, send, read);
  const period = ({ start, end }: Window) => ({ Start: start, End: end });
  const listTags = (more: { readonly TagKeys?: string[] }) =>
    ask(
      (options) =>
        client.send(new ListCostAllocationTagsCommand({ MaxResults: MOST_TAGS, ...more }), options),
      (answer) => v.parse(Tags, answer),
    );

  return {
    cost: (window) =>
      ask(
        (options) =>
          client.send(
            new GetCostAndUsageCommand({
              TimePeriod: period(window),
              Granularity: "MONTHLY",
              Metrics: ["UnblendedCost"],
              ...scopeMembers(scope),
            }),
            options,
          ),
        (answer) => ({
          hasCost: v
            .parse(Cost, answer)
            .ResultsByTime.some(({ Total }) => !isZero(Total?.UnblendedCost?.Amount ?? "0")),
        }),
      ),
    async tags(key) {
      const first = await listTags({});
      if (first.outcome !== "answered") return first;
      const tags = first.value.CostAllocationTags;
      const isWhole = first.value.NextToken === undefined || tags.some(({ TagKey }) => TagKey === key);
      const more = isWhole ? null : await listTags({ TagKeys: [key] });
      const all = more?.outcome === "answered" ? [...tags, ...more.value.CostAllocationTags] : tags;
      return { outcome: "answered", value: all.map(allocationTag) };
    },
    tagKeysWithCost: (window) =>
      ask(
        (options) =>
          client.send(new GetTagsCommand({ TimePeriod: period(window), ...scopeMembers(scope) }), options),
        (answer) => v.parse(TagKeys, answer).Tags,
      ),
    costCategories: (window) =>
      ask(
        (options) =>
          client.send(
            new GetCostCategoriesCommand({ TimePeriod: period(window), ...scopeMembers(scope) }),
            options,
          ),
        (answer) => v.parse(Categories, answer).CostCategoryNames,
      ),
    definitions: () =>
      ask(
        (options) =>
          client.send(new ListCostCategoryDefinitionsCommand({ MaxResults: MOST_DEFINITIONS }), options),
        (answer) =>
          v.parse(Definitions, answer).CostCategoryReferences.map(({ Name, CostCategoryArn }) => ({
            name: Name,
            reference: CostCategoryArn,
          })),
      ),
    definition: (reference) =>
      ask(
        (options) =>
          client.send(new DescribeCostCategoryDefinitionCommand({ CostCategoryArn: reference }), options),
        () => null,
      ),
    async forecast(window): Promise<Probe<null>> {
      const probe = await ask(
        (options) =>
          client.send(
            new GetCostForecastCommand({
              TimePeriod: period(window),
              Granularity: "DAILY",
              Metric: "UNBLENDED_COST",
              ...scopeMembers(scope),
            }),
            options,
          ),
        () => null,
      );
      // Too little history: the request was permitted.
      const isPermitted = probe.outcome === "failed" && probe.failure.kind === "no-data";
      return isPermitted ? { outcome: "answered", value: null } : probe;
    },
  };
}

const isZero = (amount: string): boolean => parseMoney(amount, "USD").units === 0n;

const allocationTag = ({
  TagKey,
  Status,
  LastUpdatedDate,
  LastUsedDate,
}: v.InferOutput<typeof Tags>["CostAllocationTags"][number]): AllocationTag => ({
  key: TagKey,
  active: Status === "Active",
  updated: instantIn(LastUpdatedDate),
  lastUsed: instantIn(LastUsedDate),
});

/** AWS writes `2026-03-08T06:00:00Z` or an offset in place of the Z; what is no time is absent. */
function instantIn(text: string | undefined) {
  const date = new Date(text ?? "");
  return Number.isNaN(date.getTime()) ? null : instantOf(date);
}
