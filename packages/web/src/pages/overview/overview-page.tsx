import { instantOf } from "@dapanoskop/core/calendar";
import { createMemo, Show, Suspense } from "solid-js";
import { hrefOf } from "../../address/address.ts";
import { useDataset } from "../../data/dataset-context.tsx";
import { publishedMonthReport } from "../../data/month-report.ts";
import { Await } from "../../parts/await.tsx";
import { Deferred } from "../../parts/deferred.tsx";
import { lazyPart } from "../../parts/lazy-part.tsx";
import { Section } from "../../parts/section.tsx";
import { useFormats } from "../../words/formats-context.tsx";
import { MonthPage } from "../month-page.tsx";
import { StorageFigures } from "../storage/storage-figures.tsx";
import { Charges } from "./charges.tsx";
import { CostCenters } from "./cost-centers.tsx";
import { DataQuality } from "./data-quality.tsx";
import { MonthTotal } from "./month-total.tsx";
import { OverviewTrend } from "./overview-trend.tsx";

const PlansAndBudgets = /* @__PURE__ */ lazyPart(() => import("./plans-and-budgets.tsx"));

/** A month at a glance: total and change, cost by month, cost centers, storage, data quality. */
export function OverviewPage() {
  const { trend, hasApi } = useDataset();
  const formats = useFormats();
  return (
    <MonthPage title={({ period }) => formats.month(period)}>
      {(summary, index) => {
        const now = instantOf(new Date());
        const report = createMemo(() => publishedMonthReport(index(), summary(), trend().value, now));
        return (
          <>
            <MonthTotal summary={summary()} report={report()} />
            <Deferred>{formats.open()}</Deferred>
            <Deferred>
              <Show
                when={trend().value}
                fallback={
                  <Section title="Cost by month">
                    <Await value={trend} what="the trend">
                      {() => null}
                    </Await>
                  </Section>
                }
              >
                {(known) => <OverviewTrend summary={summary()} trend={known()} />}
              </Show>
            </Deferred>
            <Deferred>
              <CostCenters
                summary={summary()}
                trend={trend().value}
                monthTotal={report().figures.total.current}
              />
            </Deferred>
            <Deferred>
              <Show when={hasApi().value === true}>
                <Suspense>
                  <PlansAndBudgets />
                </Suspense>
              </Show>
              <Charges summary={summary()} report={report()} />
              <Show when={report().storage.isCounted}>
                <Section
                  title="Storage"
                  actions={<a href={hrefOf("/storage", summary().period)}>Tiers and services</a>}
                >
                  <StorageFigures summary={summary()} report={report()} />
                </Section>
              </Show>
              <DataQuality report={report()} now={now} />
            </Deferred>
          </>
        );
      }}
    </MonthPage>
  );
}
