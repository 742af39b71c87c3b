import { visible } from "@dapanoskop/core/text";
import { type ReportOption, reportOptions } from "@dapanoskop/report/options";
import { UsageError } from "../errors.ts";

/** What is checked of the values of a command. */
type ReportValues = Readonly<Record<string, unknown>>;

/** A link leads to the page and nowhere else. */
const DASHBOARD = /^https:\/\/[a-z0-9.-]+(:\d{1,5})?$|^http:\/\/(localhost|127\.0\.0\.1)(:\d{1,5})?$/;

/**
 * Checks the values of a command as a deployment checks its inputs.
 * @throws UsageError naming the first option with a wrong value
 */
export function checkReportValues(command: string, values: ReportValues): void {
  for (const [name, option] of Object.entries<ReportOption>(reportOptions)) {
    // The command line takes a file of audiences.
    if (name === "audiences" || !("pattern" in option) || option.pattern === undefined) continue;
    const pattern = new RegExp(option.pattern.matches, "u");
    for (const value of [values[name] ?? []].flat()) {
      if (typeof value === "string" && !pattern.test(value)) {
        throw new UsageError(
          command,
          `--${option.flag} ${JSON.stringify(visible(value, 60))} is not understood: it ${option.pattern.sentence}`,
        );
      }
    }
  }
  const { dashboard } = values;
  if (typeof dashboard === "string" && !DASHBOARD.test(dashboard)) {
    throw new UsageError(command, "--dashboard must be the page's address, like https://costs.example.com.");
  }
}
