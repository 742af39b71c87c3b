import { moneyNumber } from "@dapanoskop/core/money";
import type { Summary } from "@dapanoskop/dataset";
import type { Message } from "@dapanoskop/dataset/report";
import { SaveCsv, SaveSvg } from "../../parts/save-buttons.tsx";
import { csvText } from "../../table/csv.ts";
import { useFormats } from "../../words/formats-context.tsx";
import { coverageShares } from "./coverage-shares.ts";

/** Saves the tagging coverage of a month. */
export function SaveCoverage(props: {
  summary: Summary;
  coverage: Message["coverage"];
  drawing: () => SVGSVGElement | undefined;
}) {
  const formats = useFormats();
  const shares = () => coverageShares(props.coverage);
  const file = () => [props.summary.period, "tagging"];
  const csv = () =>
    csvText([
      ["tagging", `cost (${props.summary.currency})`],
      ...shares().map(({ label, cost }) => [label, moneyNumber(cost)]),
    ]);
  const legend = () =>
    shares().map(({ tone, label, cost }) => ({
      text: `${label}: ${formats.money(cost)}`,
      shape: `[data-tone="${tone}"]`,
    }));
  return (
    <>
      <SaveCsv file={file()} csv={csv} />
      <SaveSvg file={file()} title="Tagging coverage" drawing={props.drawing} legend={legend} />
    </>
  );
}
