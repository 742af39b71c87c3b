import { daysIn, daysInMonth } from "@dapanoskop/core/calendar";
import { type Money, moneyFromNumber, moneyNumber, sum } from "@dapanoskop/core/money";
import type { Summary } from "@dapanoskop/dataset";
import { visible } from "@dapanoskop/dataset/report";
import { createMemo, For, Show } from "solid-js";
import { hrefOf, useAddress } from "../../address/address.ts";
import { standaloneSvg } from "../../chart/export-svg.ts";
import { useDataset } from "../../data/dataset-context.tsx";
import { messageFor } from "../../data/message.ts";
import button from "../../parts/button.module.css";
import { download, fileName } from "../../parts/download.ts";
import { Name } from "../../parts/name.tsx";
import { Section } from "../../parts/section.tsx";
import { Notice } from "../../parts/states.tsx";
import type { Column } from "../../table/columns.ts";
import { DataTable } from "../../table/data-table.tsx";
import { tableCsv } from "../../table/table-csv.ts";
import { addressState } from "../../table/table-state.ts";
import { useFormats } from "../../words/formats-context.tsx";
import { periodWords } from "../../words/period-words.ts";
import { MonthPage } from "../month-page.tsx";
import title from "../title.module.css";
import css from "./storage.module.css";
import { StorageFigures } from "./storage-figures.tsx";

interface Tier {
  readonly service: string;
  readonly tier: string;
  readonly bytes: number | null;
  readonly cost: Money;
  /** Of all counted volume, in percent; `null` where that is unknown. */
  readonly share: number | null;
}

const TB = 2 ** 40;

/** Shades that can be told apart. Tiers beyond them stand together as one; the table has each. */
const TONES = 7;

/** Storage: what it costs, where the bytes lie, and how hot they are. */
export default function StoragePage() {
  const { trend } = useDataset();
  const formats = useFormats();
  return (
    <MonthPage title={({ period }) => `Storage in ${formats.month(period)}`}>
      {(summary, index) => {
        const message = createMemo(() => messageFor(index(), summary(), trend().value));
        return (
          <>
            <p class={title.crumb}>
              <a href={hrefOf("/", summary().period)}>{formats.month(summary().period)}</a>
              <Show when={periodWords(summary(), formats).progress}>
                {(progress) => ` · ${progress()}, so far`}
              </Show>
            </p>
            <h1 class={title.title}>Storage</h1>
            <StorageFigures summary={summary()} storage={message().storage} />
            <Show
              when={message().storage.tiers.length > 0}
              fallback={
                <Section title="Tiers">
                  <Notice title="No storage to break down">
                    <p>
                      This month has no stored volume in {message().storage.counted}, or its units could not
                      be read as bytes. Which services count is set where Dapanoskop is deployed.
                    </p>
                  </Notice>
                </Section>
              }
            >
              <Tiers summary={summary()} counted={message().storage.counted} />
            </Show>
          </>
        );
      }}
    </MonthPage>
  );
}

function Tiers(props: { summary: Summary; counted: string }) {
  const formats = useFormats();
  const state = addressState(useAddress());
  const tiers = createMemo<readonly Tier[]>(() => {
    const { tiers: found } = props.summary.storage_metrics;
    const whole = found.reduce((all, { volume_bytes }) => all + (volume_bytes ?? 0), 0);
    return found.map(({ service, tier, volume_bytes, cost_usd }) => ({
      service,
      tier,
      bytes: volume_bytes,
      cost: moneyFromNumber(cost_usd, props.summary.currency),
      share: volume_bytes === null || whole === 0 ? null : (100 * volume_bytes) / whole,
    }));
  });
  const services = createMemo(() => [...new Set(tiers().map(({ service }) => service))]);
  /** What a terabyte costs here for a whole month, however much of it has passed. */
  const rate = ({ bytes, cost }: Tier): number | null => {
    if (bytes === null || bytes === 0) return null;
    const passed = daysIn(props.summary.windows.current) / daysInMonth(props.summary.period);
    return Math.round((100 * moneyNumber(cost)) / (bytes / TB) / passed) / 100;
  };
  const total = () =>
    sum(
      tiers().map(({ cost }) => cost),
      props.summary.currency,
    );
  const columns = createMemo<readonly Column<Tier>[]>(() => [
    {
      key: "tier",
      title: "Tier",
      sort: ({ tier }) => tier,
      cell: ({ tier }) => <Name of={tier} />,
      csv: [
        ["service", ({ service }) => service],
        ["tier", ({ tier }) => tier],
      ],
      foot: "Total",
    },
    {
      key: "service",
      title: "Service",
      sort: ({ service }) => service,
      cell: ({ service }) => <Name of={service} />,
    },
    {
      key: "volume",
      title: "Volume",
      align: "end",
      sort: ({ bytes }) => bytes,
      cell: ({ bytes }) => (bytes === null ? "unknown" : formats.bytes(bytes)),
      csv: [["bytes", ({ bytes }) => bytes]],
      foot: formats.bytes(tiers().reduce((all, { bytes }) => all + (bytes ?? 0), 0)),
    },
    {
      key: "share",
      title: "Share of volume",
      align: "end",
      sort: ({ share }) => share,
      cell: ({ share }) => (
        <span class={css.share}>
          {formats.percent(share)}
          <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
            <rect width={share ?? 0} height="6" />
          </svg>
        </span>
      ),
    },
    {
      key: "cost",
      title: "Cost",
      align: "end",
      sort: ({ cost }) => cost.units,
      cell: ({ cost }) => formats.money(cost),
      csv: [[`cost (${props.summary.currency})`, ({ cost }) => moneyNumber(cost)]],
      foot: formats.money(total()),
    },
    {
      key: "rate",
      title: "Per TB and month",
      align: "end",
      sort: rate,
      cell: (tier) => {
        const each = rate(tier);
        return each === null ? "–" : formats.price(each, props.summary.currency);
      },
      csv: [["cost per TB and month", rate]],
    },
  ]);
  const save = () =>
    download(
      fileName("dapanoskop", props.summary.period, "storage.csv"),
      "text/csv",
      tableCsv(columns(), tiers()),
    );
  let drawing: SVGSVGElement | undefined;
  const saveDrawing = () => {
    if (drawing !== undefined) {
      download(
        fileName("dapanoskop", props.summary.period, "storage.svg"),
        "image/svg+xml",
        standaloneSvg(
          drawing,
          "Stored volume by tier",
          bars().map(({ name, share, tone }) => ({
            text: `${visible(name, 80)}: ${formats.percent(share)}`,
            shape: `[data-tone="${tone}"]`,
          })),
        ),
      );
    }
  };
  const bars = createMemo(() => {
    const ranked = tiers()
      .map(({ service, tier, share }) => ({
        name: services().length > 1 ? `${service} ${tier}` : tier,
        share: share ?? 0,
      }))
      .filter(({ share }) => share > 0)
      .sort((a, b) => b.share - a.share);
    // One "smaller" alone is better named.
    const named = ranked.length > TONES ? ranked.slice(0, TONES - 1) : ranked;
    const rest = ranked.slice(named.length);
    const smaller = {
      name: `${rest.length} smaller tiers`,
      share: rest.reduce((all, { share }) => all + share, 0),
    };
    let x = 0;
    return (rest.length > 0 ? [...named, smaller] : named).map((part, at) => {
      const bar = { ...part, x, tone: at + 1 };
      x += part.share;
      return bar;
    });
  });
  return (
    <>
      <Section
        title="Where the bytes lie"
        actions={
          <button type="button" class={button.quiet} onClick={saveDrawing}>
            SVG
          </button>
        }
      >
        <svg ref={drawing} class={css.bar} viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
          <For each={bars()}>
            {({ x, share, tone }) => (
              <rect class={css.part} data-tone={tone} x={x} width={Math.max(0, share - 0.2)} height="10" />
            )}
          </For>
        </svg>
        <ul class={css.legend}>
          <For each={bars()}>
            {({ name, share, tone }) => (
              <li>
                <svg viewBox="0 0 12 12" aria-hidden="true">
                  <rect class={css.part} data-tone={tone} width="12" height="12" rx="2" />
                </svg>
                <Name of={name} /> {formats.percent(share)}
              </li>
            )}
          </For>
        </ul>
      </Section>
      <Section
        title={services().length > 1 ? "Tiers and services" : "Tiers"}
        actions={
          <button type="button" class={button.quiet} onClick={save}>
            CSV
          </button>
        }
      >
        <DataTable
          caption="Storage by tier"
          columns={columns()}
          rows={tiers()}
          name={({ service, tier }) => `${service} ${tier}`}
          state={state}
          foot
        />
        <p class={title.hint}>
          Counted: {props.counted}. A TB is 2^40 bytes.
          <Show when={props.summary.is_mtd}>
            {" "}
            The month still runs: volume is its average so far, cost is what was spent so far, and the rate is
            a whole month's.
          </Show>
        </p>
      </Section>
    </>
  );
}
