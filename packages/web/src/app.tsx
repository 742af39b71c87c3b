import { Route, Router } from "@solidjs/router";
import { type Component, lazy } from "solid-js";
import type { Api } from "./data/api.ts";
import { DatasetProvider } from "./data/dataset-context.tsx";
import type { Reader } from "./data/reader.ts";
import { OverviewPage } from "./pages/overview/overview-page.tsx";
import { PageCodeMissing } from "./parts/page-code-missing.tsx";
import { Shell } from "./parts/shell.tsx";
import type { Session } from "./session/session.ts";
import { FormatsProvider } from "./words/formats-context.tsx";

/** A page whose code is loaded when it is opened. If that fails, the page says so. */
const lazyPage = (load: () => Promise<{ default: Component }>) =>
  lazy(() => load().catch(() => ({ default: PageCodeMissing })));

const CostCenterPage = lazyPage(() => import("./pages/cost-center-page.tsx"));
const WorkloadPage = lazyPage(() => import("./pages/workload/workload-page.tsx"));
const StoragePage = lazyPage(() => import("./pages/storage/storage-page.tsx"));
const PublishedPage = lazyPage(() => import("./pages/published/published-page.tsx"));
const PlansPage = lazyPage(() => import("./pages/plans/plans-page.tsx"));
const PlanPage = lazyPage(() => import("./pages/plans/plan-page.tsx"));
const ComparePage = lazyPage(() => import("./pages/plans/compare-page.tsx"));
const BudgetsPage = lazyPage(() => import("./pages/budgets/budgets-page.tsx"));
const BudgetPage = lazyPage(() => import("./pages/budgets/budget-page.tsx"));
const DriftPage = lazyPage(() => import("./pages/drift/drift-page.tsx"));
const CallbackPage = lazyPage(() => import("./pages/callback-page.tsx"));
const NotFoundPage = lazyPage(() => import("./pages/not-found-page.tsx"));

/** The whole page. @param props.languages the reader's, most wanted first; they decide how numbers and dates are written */
export function App(props: { reader: Reader; session: Session; api: Api; languages: readonly string[] }) {
  return (
    <FormatsProvider languages={props.languages}>
      <Router
        root={(route) => (
          <DatasetProvider reader={props.reader} session={props.session} api={props.api}>
            <Shell>{route.children}</Shell>
          </DatasetProvider>
        )}
      >
        <Route path="/" component={OverviewPage} />
        <Route path="/cost-center" component={CostCenterPage} />
        <Route path="/workload" component={WorkloadPage} />
        <Route path="/storage" component={StoragePage} />
        <Route path="/published" component={PublishedPage} />
        <Route path="/plans" component={PlansPage} />
        <Route path="/plan" component={PlanPage} />
        <Route path="/compare" component={ComparePage} />
        <Route path="/budgets" component={BudgetsPage} />
        <Route path="/budget" component={BudgetPage} />
        <Route path="/drift" component={DriftPage} />
        <Route path="/callback" component={CallbackPage} />
        <Route path="*" component={NotFoundPage} />
      </Router>
    </FormatsProvider>
  );
}
