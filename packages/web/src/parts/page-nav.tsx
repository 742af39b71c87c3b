import { useLocation } from "@solidjs/router";
import { For } from "solid-js";
import { hrefOf, useAddress } from "../address/address.ts";
import { useDataset } from "../data/dataset-context.tsx";
import css from "./shell.module.css";

/** Links to the pages that a site always has. */
const PAGES = [
  ["/", "Overview"],
  ["/storage", "Storage"],
  ["/published", "Published"],
] as const;

/** Links to the pages that read the API. */
const API_PAGES = [
  ["/plans", "Plans"],
  ["/drift", "Drift"],
  ["/budgets", "Budgets"],
] as const;

/** The page that a page of one thing belongs to. */
const PARENTS: ReadonlyMap<string, string> = new Map([
  ["/plan", "/plans"],
  ["/compare", "/plans"],
  ["/budget", "/budgets"],
]);

/** The pages that are not about a month. */
const MONTHLESS: ReadonlySet<string> = new Set([
  "/callback",
  ...API_PAGES.map(([path]) => path),
  ...PARENTS.keys(),
]);

/** Whether a page is about a month, so that the reader chooses one. */
export const hasMonth = (path: string): boolean => !MONTHLESS.has(path);

/** Links to the pages, with a mark at the open one. Those of the API appear when the site is known to have it. */
export function PageNav() {
  const { hasApi } = useDataset();
  const address = useAddress();
  const location = useLocation();
  const pages = () => (hasApi().value === true ? [...PAGES, ...API_PAGES] : PAGES);
  const isPage = () => [...PAGES, ...API_PAGES].some(([path]) => path === location.pathname);
  const current = () => (isPage() ? location.pathname : (PARENTS.get(location.pathname) ?? "/"));
  return (
    <nav class={css.nav} aria-label="Pages">
      <For each={pages()}>
        {([path, name]) => (
          <a
            href={hrefOf(path, address.period())}
            aria-current={current() === path ? (isPage() ? "page" : "true") : undefined}
          >
            {name}
          </a>
        )}
      </For>
    </nav>
  );
}
