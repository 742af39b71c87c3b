import { Route, Router } from "@solidjs/router";
import { type Component, lazy } from "solid-js";
import { DatasetProvider } from "./data/dataset-context.tsx";
import type { Reader } from "./data/reader.ts";
import { OverviewPage } from "./pages/overview/overview-page.tsx";
import { Shell } from "./parts/shell.tsx";
import { PageCodeMissing } from "./parts/states.tsx";
import type { Session } from "./session/session.ts";
import { FormatsProvider } from "./words/formats-context.tsx";

/** The home page loads what it shows, and nothing else. What cannot be loaded later is told in its place. */
const part = (load: () => Promise<{ default: Component }>) =>
  lazy(() => load().catch(() => ({ default: PageCodeMissing })));

const CostCenterPage = part(() => import("./pages/cost-center-page.tsx"));
const WorkloadPage = part(() => import("./pages/workload/workload-page.tsx"));
const StoragePage = part(() => import("./pages/storage/storage-page.tsx"));
const PublishedPage = part(() => import("./pages/published/published-page.tsx"));
const CallbackPage = part(() => import("./pages/callback-page.tsx"));
const NotFoundPage = part(() => import("./pages/not-found-page.tsx"));

/** The whole page, over what it reads and who reads it. */
export function App(props: { reader: Reader; session: Session; languages: readonly string[] }) {
  return (
    <FormatsProvider languages={props.languages}>
      <Router
        root={(section) => (
          <DatasetProvider reader={props.reader} session={props.session}>
            <Shell>{section.children}</Shell>
          </DatasetProvider>
        )}
      >
        <Route path="/" component={OverviewPage} />
        <Route path="/cost-center" component={CostCenterPage} />
        <Route path="/workload" component={WorkloadPage} />
        <Route path="/storage" component={StoragePage} />
        <Route path="/published" component={PublishedPage} />
        <Route path="/callback" component={CallbackPage} />
        <Route path="*" component={NotFoundPage} />
      </Router>
    </FormatsProvider>
  );
}
