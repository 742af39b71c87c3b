import { moneyText } from "@dapanoskop/core/money";
import type { PlanDocument } from "@dapanoskop/core/plan";
import { type PlanAmount, type PlanLine, planTotals } from "../../data/plan-lines.ts";
import { Name } from "../../parts/name.tsx";
import type { Column } from "../../table/columns.ts";
import type { Formats } from "../../words/formats.ts";
import { actionText, countNotIncluded, originText, STATUS_WORDS } from "../../words/plan-words.ts";

const exact = (amount: PlanAmount | null) => (amount === null ? null : moneyText(amount.exact));

/**
 * The columns of a plan's resources. The line of a charge says what it is and where its price is from.
 * @param plan whose total row says so where it is without some cost
 */
export function planColumns(plan: PlanDocument, formats: Formats): readonly Column<PlanLine>[] {
  const totals = planTotals(plan);
  const { currency } = plan.cost;
  const amount = (value: PlanAmount | null, line: PlanLine, write: Formats["units"]) =>
    value === null ? unknownText(line) : write(value.displayed, currency);
  const amountColumn = (
    key: "before" | "after" | "change",
    title: string,
    write: Formats["units"],
  ): Column<PlanLine> => ({
    key,
    title,
    align: "end",
    sort: (line) => line[key]?.exact.units ?? null,
    cell: (line) => amount(line[key], line, write),
    csv: [[`${key} (${currency} a month)`, (line) => exact(line[key])]],
    total: write(totals[key], currency),
  });
  return [
    {
      key: "name",
      title: "Resource",
      sort: ({ name }) => name,
      csv: [
        ["address", ({ name }) => name],
        ["type", ({ resource }) => resource.type],
        ["region", ({ resource }) => resource.region],
        ["cost center", ({ resource }) => resource.cost_center],
      ],
      cell: (line) => <Name of={line.part === null ? line.name : line.part.name} limit={120} />,
      total: countNotIncluded(plan.resources) > 0 ? "Total of what is known" : "Total",
    },
    amountColumn("change", "Change, a month", formats.signed),
    amountColumn("before", "Before, a month", formats.units),
    amountColumn("after", "After, a month", formats.units),
    {
      key: "action",
      title: "Action",
      sort: ({ resource }) => resource.action,
      csv: [["action", ({ resource }) => resource.action]],
      cell: (line) => (line.part === null ? actionText(line.resource) : quantityText(line, formats)),
    },
    {
      key: "status",
      title: "Price",
      sort: ({ resource }) => resource.status,
      csv: [["status", ({ resource }) => resource.status]],
      cell: (line) =>
        line.part === null ? STATUS_WORDS[line.resource.status] : originText(line.part, formats),
    },
  ];
}

/** An amount that is `null` is never shown as 0. */
function unknownText({ resource, part }: PlanLine): string {
  if (part?.one_time === true) return "once";
  if (part === null ? resource.status === "usage-based" : part.usage_based) return "depends on usage";
  return part === null && resource.status === "free" ? "free" : "unknown";
}

/** `730 Hrs`, `100 → 500 GB-Mo`. */
function quantityText({ part }: PlanLine, formats: Formats): string {
  if (part === null) return "";
  const text = (quantity: string | null) => (quantity === null ? null : formats.quantity(Number(quantity)));
  const [before, after] = [text(part.quantity_before), text(part.quantity_after)];
  // A resource that is new or goes has a quantity on one side only.
  const isOneSided = Number(part.quantity_before) === 0 || Number(part.quantity_after) === 0;
  const known = [...new Set([before, after])].filter(
    (quantity) => quantity !== null && !(isOneSided && quantity === formats.quantity(0)),
  );
  return known.length === 0 ? part.unit : `${known.join(" → ")} ${part.unit}`;
}
