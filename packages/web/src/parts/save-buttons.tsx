import { type LegendLine, standaloneSvg } from "../chart/export-svg.ts";
import button from "./button.module.css";
import { download, fileName } from "./download.ts";
import { hasScript } from "./has-script.ts";

/** Saves figures as a CSV file. @param props.file the words of the file's name; `dapanoskop` and the ending are added */
export function SaveCsv(props: { file: readonly string[]; csv: () => string }) {
  const save = () => download(`${fileName("dapanoskop", ...props.file)}.csv`, "text/csv", props.csv());
  return (
    hasScript && (
      <button type="button" class={button.quiet} onClick={save}>
        CSV
      </button>
    )
  );
}

/** Saves a drawing of the page as an SVG file, with its legend as text below it. */
export function SaveSvg(props: {
  file: readonly string[];
  title: string;
  drawing: () => SVGSVGElement | undefined;
  legend: () => readonly LegendLine[];
}) {
  const save = () => {
    const drawing = props.drawing();
    if (drawing === undefined) return;
    const svg = standaloneSvg(drawing, props.title, props.legend());
    download(`${fileName("dapanoskop", ...props.file)}.svg`, "image/svg+xml", svg);
  };
  return (
    hasScript && (
      <button type="button" class={button.quiet} onClick={save}>
        SVG
      </button>
    )
  );
}
