import type { PlanSummary, planComparison } from "@dapanoskop/api/documents";
import { parseMoney, roundedHalfUp } from "@dapanoskop/core/money";
import { createMemo } from "solid-js";
import type { InferOutput } from "valibot";
import { useAddress } from "../../address/address.ts";
import { nameOf } from "../../data/plan-lines.ts";
import { Name } from "../../parts/name.tsx";
import type { Column } from "../../table/columns.ts";
import { TableSection } from "../../table/table-section.tsx";
import { addressState } from "../../table/table-state.ts";
import type { Formats } from "../../words/formats.ts";
import { useFormats } from "../../words/formats-context.tsx";

type Comparison = InferOutput<typeof planComparison>;

/** Two plans and what differs between them. */
export interface ComparedPlans {
  readonly from: PlanSummary;
  readonly to: PlanSummary;
  readonly comparison: Comparison;
}

/** A resource that differs, and how. */
type ComparedLine = Comparison["added"][number] & { readonly how: "added" | "removed" | "changed" };

const HOW: Readonly<Record<ComparedLine["how"], string>> = {
  added: "only in the second",
  removed: "only in the first",
  changed: "differs",
};

/** The resources that differ between two plans. */
export function ComparedResources(props: { plans: ComparedPlans }) {
  const formats = useFormats();
  const state = addressState(useAddress());
  const lines = createMemo((): readonly ComparedLine[] => {
    const { added, removed, changed } = props.plans.comparison;
    return [
      ...changed.map((line) => ({ ...line, how: "changed" as const })),
      ...added.map((line) => ({ ...line, how: "added" as const })),
      ...removed.map((line) => ({ ...line, how: "removed" as const })),
    ];
  });
  return (
    <TableSection
      title="What differs"
      file={[props.plans.to.project, "compared"]}
      caption="Resources that differ between the two plans"
      columns={columns(props.plans, formats)}
      rows={lines()}
      name={nameOf}
      state={state}
      rowNames={{ one: "resource", many: "resources" }}
      terms={["monthlyCost"]}
    />
  );
}

const columns = (plans: ComparedPlans, formats: Formats): readonly Column<ComparedLine>[] => [
  {
    key: "name",
    title: "Resource",
    sort: nameOf,
    csv: [
      ["address", nameOf],
      ["type", ({ type }) => type],
    ],
    cell: (line) => <Name of={nameOf(line)} limit={120} />,
  },
  {
    key: "how",
    title: "Where",
    sort: ({ how }) => how,
    csv: [["where", ({ how }) => how]],
    cell: ({ how }) => HOW[how],
  },
  ...(["from", "to"] as const).flatMap((side): readonly Column<ComparedLine>[] => {
    const [action, delta] = [`${side}_action`, `${side}_monthly_delta`] as const;
    const { currency } = plans[side].cost;
    const which = side === "from" ? "First" : "Second";
    const amount = (line: ComparedLine) => (line[delta] === null ? null : parseMoney(line[delta], currency));
    return [
      {
        key: action,
        title: `${which} plan`,
        sort: (line) => line[action],
        csv: [[`${which} plan`, (line) => line[action]]],
        cell: (line) => line[action] ?? "not in it",
      },
      {
        key: delta,
        title: `${which}, a month`,
        align: "end",
        sort: (line) => amount(line)?.units ?? null,
        csv: [[`${which} plan, change a month (${currency})`, (line) => line[delta]]],
        cell: (line) => {
          const known = amount(line);
          if (known !== null) return formats.signed(roundedHalfUp(known), currency);
          return line[action] === null ? "" : "unknown";
        },
      },
    ];
  }),
];
