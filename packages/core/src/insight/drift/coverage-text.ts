import type { CoverageDocument } from "../../drift/index.ts";
import { displayedParts, parseMoney, roundedHalfUp } from "../../money/index.ts";
import { visible } from "../../text/index.ts";
import { plainFigures } from "../render/plain-figures.ts";
import { plainText, TextLines, type TextStyle } from "../render/text-lines.ts";

const MOST_ROWS = 20;

/** The coverage of spend for a terminal. Every line ends in a newline. */
export function renderCoverageText(coverage: CoverageDocument, style: TextStyle = plainText): string {
  const { currency, services, resources } = coverage;
  const money = (text: string) => parseMoney(text, currency);
  const units = (cents: bigint) => plainFigures.units(cents, currency);
  const lines = new TextLines(style);
  lines.line(lines.bold("Dapanoskop · spend that Terraform manages"));
  lines.line(
    `${coverage.start} to ${coverage.end}, the end excluded. ${coverage.managed_resources} managed resources, ${coverage.charged_managed_resources} of them with a charge.`,
  );
  lines.section("SPEND", [currency]);
  const parts = [coverage.managed, coverage.unmanaged, coverage.unattributable];
  const cents = displayedParts(roundedHalfUp(money(coverage.total)), parts.map(money));
  for (const [at, name] of ["Managed", "Unmanaged", "Names no resource"].entries())
    lines.row(name, [units(cents[at] ?? 0n)]);
  lines.row("Total", [units(roundedHalfUp(money(coverage.total)))], { strong: true });
  lines.row("Managed, of what names a resource", [
    coverage.percent === null ? "n/a" : `${coverage.percent} %`,
  ]);
  const worst = services.filter(({ unmanaged }) => unmanaged !== "0");
  if (worst.length > 0) {
    lines.section("UNMANAGED BY SERVICE", ["unmanaged", "managed"]);
    // Of all services, so that these rows and those that are not shown add up to the amounts above.
    const [managed, unmanaged] = [0, 1].map((at) =>
      displayedParts(
        cents[at] ?? 0n,
        services.map((one) => money(at === 0 ? one.managed : one.unmanaged)),
      ),
    );
    for (const one of worst.slice(0, MOST_ROWS)) {
      const at = services.indexOf(one);
      lines.row(visible(one.service), [units(unmanaged?.[at] ?? 0n), units(managed?.[at] ?? 0n)]);
    }
    lines.more(worst.length - MOST_ROWS, "service", "");
  }
  if (resources.length > 0) {
    lines.section("UNMANAGED RESOURCES", ["cost"]);
    for (const { resource_id, cost } of resources.slice(0, MOST_ROWS)) {
      lines.row(visible(resource_id), [units(roundedHalfUp(money(cost)))]);
    }
    lines.more(coverage.unmanaged_resources - Math.min(resources.length, MOST_ROWS), "resource", "");
  }
  return lines.text();
}
