import { createMemo, Show } from "solid-js";
import { hrefOf } from "../../address/address.ts";
import { useDataset } from "../../data/dataset-context.tsx";
import { publishedMonthReport } from "../../data/month-report.ts";
import { storageTierLines } from "../../data/storage-tiers.ts";
import { Notice } from "../../parts/notice.tsx";
import { PageHeading } from "../../parts/page-heading.tsx";
import { Section } from "../../parts/section.tsx";
import { useFormats } from "../../words/formats-context.tsx";
import { periodWords } from "../../words/period-words.ts";
import { MonthPage } from "../month-page.tsx";
import { StorageFigures } from "./storage-figures.tsx";
import { TierTable } from "./tier-table.tsx";
import { VolumeByTier } from "./volume-by-tier.tsx";

/** Storage: cost, volume by tier, and cost per TB. */
export default function StoragePage() {
  const { trend } = useDataset();
  const formats = useFormats();
  return (
    <MonthPage title={({ period }) => `Storage in ${formats.month(period)}`}>
      {(summary, index) => {
        const report = createMemo(() => publishedMonthReport(index(), summary(), trend().value));
        const tiers = createMemo(() => storageTierLines(summary()));
        return (
          <>
            <PageHeading
              above={
                <>
                  <a href={hrefOf("/", summary().period)}>{formats.month(summary().period)}</a>
                  <Show when={periodWords(summary(), formats).progress}>
                    {(progress) => ` · ${progress()}, so far`}
                  </Show>
                </>
              }
            >
              Storage
            </PageHeading>
            <Show when={report().storage.isCounted} fallback={<NotCounted />}>
              <StorageFigures summary={summary()} report={report()} />
              <Show when={tiers().length > 0} fallback={<NoTiers counted={report().storage.counted} />}>
                <VolumeByTier period={summary().period} tiers={tiers()} />
                <TierTable summary={summary()} tiers={tiers()} counted={report().storage.counted} />
              </Show>
            </Show>
          </>
        );
      }}
    </MonthPage>
  );
}

function NotCounted() {
  return (
    <Notice title="No storage figures">
      <p>Storage is not counted in the bill of this provider.</p>
    </Notice>
  );
}

function NoTiers(props: { counted: string }) {
  return (
    <Section title="Tiers">
      <Notice title="No storage tiers">
        <p>
          This month has no stored volume in {props.counted}, or its units could not be read as bytes. The
          deployment of Dapanoskop sets which services count.
        </p>
      </Notice>
    </Section>
  );
}
