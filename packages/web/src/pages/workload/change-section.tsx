import { type Money, moneyNumber, rounded, sum } from "@dapanoskop/core/money";
import { changeOf, roundToWhole } from "@dapanoskop/dataset/report";
import { createMemo, For, type JSX, Show } from "solid-js";
import { createElementWidth } from "../../chart/element-width.ts";
import { standaloneSvg } from "../../chart/export-svg.ts";
import { type Step, waterfallGeometry } from "../../chart/waterfall-geometry.ts";
import type { ComparedUsage } from "../../data/compared-usage.ts";
import button from "../../parts/button.module.css";
import { ChangeText } from "../../parts/change-text.tsx";
import { download, fileName } from "../../parts/download.ts";
import { Section } from "../../parts/section.tsx";
import { Term } from "../../parts/term.tsx";
import { csvText } from "../../table/csv.ts";
import { splitChange } from "../../why/split-change.ts";
import { costBefore, costNow, type UsageLine } from "../../why/usage-lines.ts";
import { useFormats } from "../../words/formats-context.tsx";
import { periodWords } from "../../words/period-words.ts";
import title from "../title.module.css";
import css from "./change-section.module.css";

interface Part {
  readonly word: JSX.Element;
  readonly name: string;
  readonly kind: Step["kind"];
  readonly exact: Money;
  /** Cents that add up with the others'. */
  readonly cents: bigint;
}

const HEIGHT = 160;

/**
 * Why did it change? From what it was to what it is, in four steps that leave nothing over: a closed month from the month
 * before, a running one from the same days of it.
 */
export function ChangeSection(props: { lines: readonly UsageLine[]; of: ComparedUsage; name: string }) {
  const formats = useFormats();
  const [width, measure] = createElementWidth(860);
  const summary = () => props.of.summary;
  const words = () => periodWords(summary(), formats);
  const currency = () => summary().currency;
  const now = createMemo(() =>
    total(
      props.lines.map((line) => costNow(line, currency())),
      currency(),
    ),
  );
  const before = createMemo(() =>
    total(
      props.lines.map((line) => costBefore(line, currency())),
      currency(),
    ),
  );
  const parts = createMemo<readonly Part[]>(() => {
    const split = splitChange(props.lines, currency());
    const exact = [split.price, split.quantity, split.appeared, split.gone];
    const shown = roundToWhole(exact, rounded(now()) - rounded(before()));
    const named = [
      [<Term of="price" />, "Price"],
      [<Term of="quantityEffect" />, "Quantity"],
      [<Term of="appeared" />, "New"],
      [<Term of="gone" />, "Gone"],
    ] as const;
    const whole = (name: string, amount: Money): Part => ({
      word: name,
      name,
      kind: "total",
      exact: amount,
      cents: rounded(amount),
    });
    return [
      whole(words().against, before()),
      ...named.map(
        ([word, name], at): Part => ({
          word,
          name,
          kind: "change",
          exact: exact[at] ?? split.gone,
          cents: shown[at] ?? 0n,
        }),
      ),
      whole(words().progress === null ? words().month : `${words().month} so far`, now()),
    ];
  });
  const bars = createMemo(() =>
    waterfallGeometry(
      parts().map(({ kind, exact }) => ({ kind, amount: moneyNumber(exact) })),
      { width: width(), height: HEIGHT },
    ),
  );
  let drawing: SVGSVGElement | undefined;
  const file = (ending: string) => fileName("dapanoskop", summary().period, props.name, `why.${ending}`);
  const saveDrawing = () => {
    if (drawing !== undefined)
      download(
        file("svg"),
        "image/svg+xml",
        standaloneSvg(
          drawing,
          "Why the cost changed",
          parts().map(({ name, kind, cents }) => ({
            text: `${name}: ${kind === "total" ? formats.units(cents, currency()) : formats.signed(cents, currency())}`,
          })),
        ),
      );
  };
  const saveFigures = () =>
    download(
      file("csv"),
      "text/csv",
      csvText([
        ["part", `amount (${currency()})`],
        ...parts().map(({ name, exact }) => [name, moneyNumber(exact)]),
      ]),
    );

  return (
    <Section
      title="Why did it change?"
      actions={
        <Show when={props.of.isComparable}>
          <button type="button" class={button.quiet} onClick={saveFigures}>
            CSV
          </button>
          <button type="button" class={button.quiet} onClick={saveDrawing}>
            SVG
          </button>
        </Show>
      }
    >
      <p class={css.lead}>
        <ChangeText change={changeOf(now(), props.of.isComparable ? before() : null)} />{" "}
        <small>against {words().against}</small>
      </p>
      <Show
        when={props.of.isComparable}
        fallback={
          <p class={title.hint}>
            The usage of {words().against} is unknown, so the change cannot be taken apart.
          </p>
        }
      >
        <Show when={summary().is_mtd}>
          <p class={title.hint}>
            {words().progress} of {words().month}, against{" "}
            {words().against === words().previousMonth ? "all" : "the same days"} of {words().previousMonth}.
          </p>
        </Show>
        <div class={css.steps} ref={measure}>
          <svg ref={drawing} class={css.drawing} height={HEIGHT} aria-hidden="true">
            <For each={bars()}>
              {({ bar, level, isCut }, at) => (
                <>
                  <Show when={bars()[at() + 1]}>
                    {(next) => (
                      <line
                        class={css.link}
                        x1={bar.x}
                        x2={next().bar.x + next().bar.width}
                        y1={level}
                        y2={level}
                      />
                    )}
                  </Show>
                  <rect class={css.bar} data-kind={parts()[at()]?.kind} {...bar} />
                  <Show when={isCut}>
                    <path
                      class={css.cut}
                      d={`M${bar.x - 4} ${HEIGHT - 16}l${bar.width / 2 + 4} -6l${bar.width / 2 + 4} 6`}
                    />
                  </Show>
                </>
              )}
            </For>
          </svg>
          <Show when={bars().some(({ isCut }) => isCut)}>
            <p class={css.remark}>
              The two totals are cut at the mark, so that the steps between them can be seen.
            </p>
          </Show>
          <dl class={css.parts}>
            <For each={parts()}>
              {({ word, kind, cents }) => (
                <div class={css.part} data-kind={kind}>
                  <dt>{word}</dt>
                  <dd>
                    {kind === "total" ? formats.units(cents, currency()) : formats.signed(cents, currency())}
                  </dd>
                </div>
              )}
            </For>
          </dl>
        </div>
      </Show>
    </Section>
  );
}

const total = (amounts: readonly Money[], currency: string): Money => sum(amounts, currency);
