import css from "./trend-chart.module.css";

/** The hatching of a forecast. */
export function ForecastPattern() {
  return (
    <defs>
      <pattern id="expected" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <line class={css.hatch} x1="0" y1="0" x2="0" y2="6" />
      </pattern>
    </defs>
  );
}
