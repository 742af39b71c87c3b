import { useLocation } from "@solidjs/router";
import { createEffect, createSignal, For, type JSX, on, Show, Suspense } from "solid-js";
import { hrefOf, useAddress } from "../address/address.ts";
import { useDataset } from "../data/dataset-context.tsx";
import { useFormats } from "../words/formats-context.tsx";
import { type Appearance, appearances, applyAppearance, chosenAppearance } from "./appearance.ts";
import { LoadingPlaceholder } from "./loading-placeholder.tsx";
import { Mark } from "./mark.tsx";
import { MonthStrip } from "./month-strip.tsx";
import { PageNav } from "./page-nav.tsx";
import css from "./shell.module.css";
import { SignedInUser } from "./signed-in-user.tsx";

const APPEARANCES: Record<Appearance, string> = {
  system: "System",
  light: "Light",
  dark: "Dark",
  contrast: "High contrast",
};

/** The frame of every page: navigation, months, appearance, and the footer. */
export function Shell(props: { children?: JSX.Element }) {
  const { index, summary, period, session, isOnline } = useDataset();
  const address = useAddress();
  const location = useLocation();
  const formats = useFormats();
  let main: HTMLElement | undefined;
  // A new page gets the focus at its start. Another month of the same page keeps the focus.
  createEffect(
    on(
      () => location.pathname,
      () => main?.focus({ preventScroll: true }),
      { defer: true },
    ),
  );
  // Without a published month there is no summary to wait for.
  const isBusy = () => index().state === "loading" || (period() !== null && summary().state === "loading");

  return (
    <div class={css.page}>
      <a class={css.skip} href="#main" rel="external">
        Skip to the figures
      </a>
      <header class={css.head}>
        <a class={css.mark} href={hrefOf("/", address.period())}>
          <Mark />
          Dapanoskop
        </a>
        <PageNav />
        <Show when={session.user()}>{(user) => <SignedInUser name={user()} />}</Show>
        <AppearanceChoice />
      </header>
      <MonthStrip />
      <Show when={!isOnline()}>
        <p class={css.offline} role="status" data-print="no">
          You are offline. These figures were loaded before. The page loads the others when the connection is
          back.
        </p>
      </Show>
      <main ref={main} id="main" class={css.main} tabindex="-1" aria-busy={isBusy()}>
        <Suspense fallback={<LoadingPlaceholder size="block" what="the page" />}>{props.children}</Suspense>
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

/** Chooses the page's appearance. The choice is kept in this browser. */
function AppearanceChoice() {
  const [current, setCurrent] = createSignal(chosenAppearance(localStorage));
  const choose = (chosen: string) => {
    const appearance = appearances.find((each) => each === chosen) ?? "system";
    applyAppearance(appearance, document.documentElement, localStorage);
    setCurrent(appearance);
  };
  return (
    <select
      class={css.appearance}
      aria-label="Appearance"
      value={current()}
      onChange={(event) => choose(event.currentTarget.value)}
    >
      <For each={appearances}>{(each) => <option value={each}>{APPEARANCES[each]}</option>}</For>
    </select>
  );
}
