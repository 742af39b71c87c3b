import { useLocation } from "@solidjs/router";
import { createEffect, createSignal, For, type JSX, on, Show, Suspense } from "solid-js";
import { hrefOf, useAddress } from "../address/address.ts";
import { useDataset } from "../data/dataset-context.tsx";
import { useFormats } from "../words/formats-context.tsx";
import { type Appearance, appearances, applyAppearance, chosenAppearance } from "./appearance.ts";
import { MonthStrip } from "./month-strip.tsx";
import css from "./shell.module.css";
import { SignedInUser } from "./signed-in-user.tsx";
import { LoadingPlaceholder } from "./states.tsx";

const PLACES = [
  ["/", "Overview"],
  ["/storage", "Storage"],
  ["/published", "Published"],
] as const;

const LOOKS: Record<Appearance, string> = {
  system: "System look",
  light: "Light",
  dark: "Dark",
  contrast: "High contrast",
};

/** What stands around every page: where one is, which month, and how it looks. */
export function Shell(props: { children?: JSX.Element }) {
  const { index, summary, period, session, isOnline } = useDataset();
  const address = useAddress();
  const location = useLocation();
  const formats = useFormats();
  let main: HTMLElement | undefined;
  // A new page is read from its beginning; the same page of another month keeps the reader's place.
  createEffect(
    on(
      () => location.pathname,
      () => main?.focus({ preventScroll: true }),
      { defer: true },
    ),
  );
  const isDetail = () => !PLACES.some(([path]) => path === location.pathname);
  // A month that is not there, and a first day without any, are all there is to come.
  const isBusy = () => index().state === "loading" || (period() !== null && summary().state === "loading");
  const isHere = (path: string) => location.pathname === path || (path === "/" && isDetail());

  return (
    <div class={css.page}>
      <a class={css.skip} href="#main" rel="external">
        Skip to the figures
      </a>
      <header class={css.head}>
        <a class={css.mark} href={hrefOf("/", address.period())}>
          <svg width="18" height="18" viewBox="0 0 18 18" fill="currentColor" aria-hidden="true">
            <path d="M1 17V9h4v8zM7 17V5h4v12zM13 17V1h4v16z" />
          </svg>
          Dapanoskop
        </a>
        <nav class={css.nav} aria-label="Pages">
          <For each={PLACES}>
            {([path, name]) => (
              <a
                href={hrefOf(path, address.period())}
                aria-current={isHere(path) ? (isDetail() ? "true" : "page") : undefined}
              >
                {name}
              </a>
            )}
          </For>
        </nav>
        <Show when={session.user()}>{(user) => <SignedInUser as={user()} />}</Show>
        <Look />
      </header>
      <MonthStrip />
      <Show when={!isOnline()}>
        <p class={css.offline} role="status" data-print="no">
          You are offline. What is shown was loaded before; the rest comes with the connection.
        </p>
      </Show>
      <main ref={main} id="main" class={css.main} tabindex="-1" aria-busy={isBusy()}>
        <Suspense fallback={<LoadingPlaceholder of="block" what="the page" />}>{props.children}</Suspense>
      </main>
      <footer class={css.foot}>
        <span>Dapanoskop, the cost observer</span>
        <Show when={index().value}>
          {(known) => <span>Collected {formats.instant(known().published_at)}</span>}
        </Show>
      </footer>
    </div>
  );
}

function Look() {
  const [look, setLook] = createSignal(chosenAppearance(localStorage));
  const choose = (chosen: string) => {
    const appearance = appearances.find((each) => each === chosen) ?? "system";
    applyAppearance(appearance, document.documentElement, localStorage);
    setLook(appearance);
  };
  return (
    <select
      class={css.look}
      aria-label="Look"
      value={look()}
      onChange={(event) => choose(event.currentTarget.value)}
    >
      <For each={appearances}>{(each) => <option value={each}>{LOOKS[each]}</option>}</For>
    </select>
  );
}
