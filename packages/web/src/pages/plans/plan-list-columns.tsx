import type { PlanSummary } from "@dapanoskop/api/documents";
import type { Month } from "@dapanoskop/core/calendar";
import { parseMoney } from "@dapanoskop/core/money";
import { hrefOf } from "../../address/address.ts";
import { Name } from "../../parts/name.tsx";
import type { Column } from "../../table/columns.ts";
import type { Formats } from "../../words/formats.ts";
import { countsText, isChangeKnown, planChangeText, stateText } from "../../words/plan-words.ts";

const planHref = ({ id }: Pick<PlanSummary, "id">, period: Month | null): string =>
  hrefOf("/plan", period, { id });

const deltaOf = ({ cost }: PlanSummary) => parseMoney(cost.monthly_delta, cost.currency);

/** The columns of the list of plans. @param period the month in the address, which links keep */
export const planListColumns = (formats: Formats, period: Month | null): readonly Column<PlanSummary>[] => [
  {
    key: "project",
    title: "Project",
    sort: ({ project }) => project,
    csv: [
      ["project", ({ project }) => project],
      ["plan", ({ id }) => id],
    ],
    cell: (plan) => (
      <a href={planHref(plan, period)}>
        <Name of={plan.project} limit={60} />
      </a>
    ),
  },
  {
    key: "change",
    title: "Change, a month",
    align: "end",
    sort: (plan) => (isChangeKnown(plan) ? deltaOf(plan).units : null),
    csv: [
      ["change a month", (plan) => (isChangeKnown(plan) ? plan.cost.monthly_delta : null)],
      ["currency", ({ cost }) => cost.currency],
      ["some cost is unknown", ({ cost }) => (cost.partial ? "yes" : "no")],
    ],
    cell: (plan) => planChangeText(plan, formats),
  },
  {
    key: "state",
    title: "State",
    sort: ({ state }) => state,
    csv: [["state", ({ state }) => state]],
    cell: (plan) => `${stateText(plan)}${plan.approval === null ? "" : ", approved"}`,
  },
  {
    key: "counts",
    title: "What it does",
    csv: [["what it does", ({ counts }) => countsText(counts, formats)]],
    cell: ({ counts, kind }) => (kind === "plan" ? countsText(counts, formats) : ""),
  },
  {
    key: "uploaded",
    title: "Uploaded",
    sort: ({ uploaded_at }) => uploaded_at,
    csv: [["uploaded at", ({ uploaded_at }) => uploaded_at]],
    cell: ({ uploaded_at }) => formats.instant(uploaded_at),
  },
];
