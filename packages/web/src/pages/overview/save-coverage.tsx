import type { MonthFigures } from "@dapanoskop/core/insight";
import { moneyNumber } from "@dapanoskop/core/money";
import { SaveCsv, SaveSvg } from "../../parts/save-buttons.tsx";
import { csvText } from "../../table/csv.ts";
import { useFormats } from "../../words/formats-context.tsx";
import { coverageShares } from "./coverage-shares.ts";

/** Saves the tagging coverage of a month. */
export function SaveCoverage(props: { figures: MonthFigures; drawing: () => SVGSVGElement | undefined }) {
  const formats = useFormats();
  const shares = () => coverageShares(props.figures.coverage);
  const file = () => [props.figures.month, "tagging"];
  const csv = () =>
    csvText([
      ["tagging", `cost (${props.figures.currency})`],
      ...shares().map(({ label, cost }) => [label, moneyNumber(cost)]),
    ]);
  const legend = () =>
    shares().map(({ tone, label, displayed }) => ({
      text: `${label}: ${formats.units(displayed, props.figures.currency)}`,
      shape: `[data-tone="${tone}"]`,
    }));
  return (
    <>
      <SaveCsv file={file()} csv={csv} />
      <SaveSvg file={file()} title="Tagging coverage" drawing={props.drawing} legend={legend} />
    </>
  );
}
