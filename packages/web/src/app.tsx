import { Route, Router } from "@solidjs/router";
import { type Component, lazy } from "solid-js";
import { PublishedProvider } from "./data/published-context.tsx";
import type { Reader } from "./data/reader.ts";
import { OverviewPage } from "./pages/overview/OverviewPage.tsx";
import { Shell } from "./parts/Shell.tsx";
import { PartMissing } from "./parts/States.tsx";
import type { Session } from "./session/session.ts";
import { FormatsProvider } from "./words/formats-context.tsx";

/** The home page loads what it shows, and nothing else. What cannot be loaded later is told in its place. */
const part = (load: () => Promise<{ default: Component }>) =>
  lazy(() => load().catch(() => ({ default: PartMissing })));

const CostCenterPage = part(() => import("./pages/CostCenterPage.tsx"));
const WorkloadPage = part(() => import("./pages/workload/WorkloadPage.tsx"));
const StoragePage = part(() => import("./pages/StoragePage.tsx"));
const PublishedPage = part(() => import("./pages/published/PublishedPage.tsx"));
const CallbackPage = part(() => import("./pages/CallbackPage.tsx"));
const NowherePage = part(() => import("./pages/NowherePage.tsx"));

/** The whole page, over what it reads and who reads it. */
export function App(props: { reader: Reader; session: Session; languages: readonly string[] }) {
  return (
    <FormatsProvider languages={props.languages}>
      <Router
        root={(section) => (
          <PublishedProvider reader={props.reader} session={props.session}>
            <Shell>{section.children}</Shell>
          </PublishedProvider>
        )}
      >
        <Route path="/" component={OverviewPage} />
        <Route path="/cost-center" component={CostCenterPage} />
        <Route path="/workload" component={WorkloadPage} />
        <Route path="/storage" component={StoragePage} />
        <Route path="/published" component={PublishedPage} />
        <Route path="/callback" component={CallbackPage} />
        <Route path="*" component={NowherePage} />
      </Router>
    </FormatsProvider>
  );
}
