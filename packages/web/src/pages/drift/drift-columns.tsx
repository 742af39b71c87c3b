import type { DriftFindingDocument } from "@dapanoskop/api/documents";
import { parseMoney, roundedHalfUp } from "@dapanoskop/core/money";
import { visible } from "@dapanoskop/core/text";
import { nameOf } from "../../data/plan-lines.ts";
import { Name } from "../../parts/name.tsx";
import type { Column } from "../../table/columns.ts";
import { SEVERITY_WORDS } from "../../words/drift-words.ts";
import type { Formats } from "../../words/formats.ts";

/** Attributes that are listed in a cell. */
const LISTED = 2;

/** The columns of drifted resources. @param currencies by project; `null`: no scan names one, so no amount is known */
export const driftColumns = (
  currencies: ReadonlyMap<string, string | null>,
  formats: Formats,
): readonly Column<DriftFindingDocument>[] => {
  const delta = ({ project, monthly_delta }: DriftFindingDocument) => {
    const currency = currencies.get(project) ?? null;
    return monthly_delta === null || currency === null ? null : parseMoney(monthly_delta, currency);
  };
  return [
    {
      key: "name",
      title: "Resource",
      sort: ({ address }) => address,
      csv: [
        ["project", ({ project }) => project],
        ["address", ({ address }) => address],
        ["type", ({ type }) => type],
      ],
      cell: (finding) => (
        <Name of={nameOf({ ...finding, deposed: finding.deposed ?? undefined })} limit={120} />
      ),
    },
    {
      key: "change",
      title: "Change, a month",
      align: "end",
      sort: (finding) => delta(finding)?.units ?? null,
      csv: [
        ["change a month", ({ monthly_delta }) => monthly_delta],
        ["currency", ({ project }) => currencies.get(project) ?? null],
      ],
      cell: (finding) => {
        const amount = delta(finding);
        return amount === null ? "unknown" : formats.signed(roundedHalfUp(amount), amount.currency);
      },
    },
    {
      key: "severity",
      title: "Kind",
      sort: ({ severity }) => Object.keys(SEVERITY_WORDS).indexOf(severity),
      csv: [["kind", ({ severity }) => severity]],
      cell: ({ severity, moves_cost, ignored }) => {
        const also = moves_cost && severity !== "allocation" ? `, ${SEVERITY_WORDS.allocation}` : "";
        return `${SEVERITY_WORDS[severity]}${also}${ignored ? ", ignored" : ""}`;
      },
    },
    {
      key: "what",
      title: "What differs",
      csv: [["what differs", ({ change, paths }) => (change === "deleted" ? "deleted" : paths.join(" "))]],
      cell: ({ change, paths }) => (change === "deleted" ? "deleted" : <Paths of={paths} />),
    },
    {
      key: "project",
      title: "Project",
      sort: ({ project }) => project,
      cell: ({ project }) => <Name of={project} limit={60} />,
    },
    {
      key: "first",
      title: "First seen",
      sort: ({ first_seen }) => first_seen,
      csv: [["first seen", ({ first_seen }) => first_seen]],
      cell: ({ first_seen }) => formats.day(first_seen),
    },
    {
      key: "resolved",
      title: "Resolved",
      sort: ({ resolved_at }) => resolved_at,
      csv: [["resolved", ({ resolved_at }) => resolved_at]],
      cell: ({ resolved_at, last_seen }) =>
        resolved_at === null ? `no, seen ${formats.day(last_seen)}` : formats.day(resolved_at),
    },
  ];
};

/** Attributes that differ: the first few, and how many more. */
function Paths(props: { of: readonly string[] }) {
  const text = () => {
    const shown = props.of.slice(0, LISTED).map((path) => visible(path, 40));
    return `${shown.join(", ")}${props.of.length > LISTED ? `, ${props.of.length - LISTED} more` : ""}`;
  };
  return <bdi>{text()}</bdi>;
}
