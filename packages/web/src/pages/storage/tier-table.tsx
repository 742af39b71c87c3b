import { moneyNumber, sum } from "@dapanoskop/core/money";
import type { Summary } from "@dapanoskop/dataset";
import { createMemo, Show } from "solid-js";
import { useAddress } from "../../address/address.ts";
import { type StorageTierLine, servicesOf } from "../../data/storage-tiers.ts";
import { Hint } from "../../parts/hint.tsx";
import { Name } from "../../parts/name.tsx";
import type { Column } from "../../table/columns.ts";
import { TableSection } from "../../table/table-section.tsx";
import { addressState } from "../../table/table-state.ts";
import type { Formats } from "../../words/formats.ts";
import { useFormats } from "../../words/formats-context.tsx";
import css from "./storage.module.css";

/** The storage tiers of a month. @param props.counted the services that count as storage, in words */
export function TierTable(props: { summary: Summary; tiers: readonly StorageTierLine[]; counted: string }) {
  const formats = useFormats();
  const state = addressState(useAddress());
  const columns = createMemo(() => tierColumns(props.tiers, props.summary.currency, formats));
  return (
    <TableSection
      title={servicesOf(props.tiers).length > 1 ? "Tiers and services" : "Tiers"}
      file={[props.summary.period, "storage"]}
      caption="Storage by tier"
      columns={columns()}
      rows={props.tiers}
      name={({ service, tier }) => `${service} ${tier}`}
      state={state}
      note={
        <Hint>
          Counted: {props.counted}. A TB is 2^40 bytes.
          <Show when={props.summary.is_mtd}>
            {" "}
            The month is still running: volume is its average so far, cost is the cost so far, and cost per TB
            is the rate for a whole month.
          </Show>
        </Hint>
      }
    />
  );
}

const tierColumns = (
  tiers: readonly StorageTierLine[],
  currency: string,
  formats: Formats,
): readonly Column<StorageTierLine>[] => [
  {
    key: "tier",
    title: "Tier",
    sort: ({ tier }) => tier,
    cell: ({ tier }) => <Name of={tier} />,
    csv: [
      ["service", ({ service }) => service],
      ["tier", ({ tier }) => tier],
    ],
    total: "Total",
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
    total: formats.bytes(tiers.reduce((all, { bytes }) => all + (bytes ?? 0), 0)),
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
    cell: ({ displayed }) => formats.units(displayed, currency),
    csv: [[`cost (${currency})`, ({ cost }) => moneyNumber(cost)]],
    total: formats.money(
      sum(
        tiers.map(({ cost }) => cost),
        currency,
      ),
    ),
  },
  {
    key: "rate",
    title: "Per TB and month",
    align: "end",
    sort: ({ costPerTb }) => costPerTb,
    cell: ({ costPerTb }) => (costPerTb === null ? "–" : formats.price(costPerTb, currency)),
    csv: [["cost per TB and month", ({ costPerTb }) => costPerTb]],
  },
];
