import type { Month } from "@dapanoskop/core/calendar";
import { useLocation, useNavigate } from "@solidjs/router";
import { createEffect, createMemo, For, onCleanup, Show } from "solid-js";
import { useDataset } from "../data/dataset-context.tsx";
import { useFormats } from "../words/formats-context.tsx";
import css from "./month-strip.module.css";
import { hasMonth } from "./page-nav.tsx";

/**
 * Links to the published months, newest last. The left and right arrow keys move between them, unless the focus is on
 * something else. The page stays the same: another month of the same cost center or workload.
 */
export function MonthStrip() {
  const { periods, period } = useDataset();
  const formats = useFormats();
  const location = useLocation();
  const navigate = useNavigate();
  let months: HTMLDivElement | undefined;

  const hrefTo = (month: Month) => {
    const query = new URLSearchParams(location.search);
    query.set("period", month);
    return `${location.pathname}?${query}`;
  };
  const isShown = createMemo(() => hasMonth(location.pathname));
  const oldestFirst = createMemo(() => periods().toReversed());
  const at = createMemo(() => periods().indexOf(period() ?? ""));
  const neighbor = (step: number): Month | undefined => (at() === -1 ? undefined : periods()[at() - step]);

  createEffect(() => {
    const key = (event: KeyboardEvent) => {
      const focused = document.activeElement;
      const isFree =
        focused === null ||
        focused === document.body ||
        focused.id === "main" ||
        months?.contains(focused) === true;
      if (!isShown() || !isFree || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      const month = step === undefined ? undefined : neighbor(step);
      if (month === undefined) return;
      event.preventDefault();
      navigate(hrefTo(month), { scroll: false });
    };
    document.addEventListener("keydown", key);
    onCleanup(() => document.removeEventListener("keydown", key));
  });
  createEffect(() => {
    if (period() !== null) requestAnimationFrame(scrollToCurrent);
  });
  // Scrolls the strip only, not the page.
  function scrollToCurrent() {
    const current = months?.querySelector<HTMLElement>("[aria-current]");
    if (months === undefined || current === null || current === undefined) return;
    const [outer, inner] = [months.getBoundingClientRect(), current.getBoundingClientRect()];
    if (inner.left < outer.left || inner.right > outer.right) {
      months.scrollLeft += inner.left - outer.left - (outer.width - inner.width) / 2;
    }
  }

  return (
    <Show when={isShown()}>
      <nav class={css.strip} aria-label="Months" data-print="no">
        <Step to={neighbor(-1)} href={hrefTo} label="Previous month" sign="‹" />
        <div class={css.months} ref={months}>
          <For each={oldestFirst()}>
            {(month) => (
              <a
                class={css.month}
                href={hrefTo(month)}
                aria-current={month === period() ? "date" : undefined}
                data-january={month.endsWith("-01")}
                noScroll
              >
                <Show
                  when={month.endsWith("-01") || month === periods().at(-1)}
                  fallback={
                    <>
                      {formats.shortMonth(month)}
                      <span class="unseen"> {month.slice(0, 4)}</span>
                    </>
                  }
                >
                  {formats.monthAndYear(month)}
                </Show>
              </a>
            )}
          </For>
        </div>
        <Step to={neighbor(1)} href={hrefTo} label="Next month" sign="›" />
      </nav>
    </Show>
  );
}

function Step(props: { to: Month | undefined; href: (month: Month) => string; label: string; sign: string }) {
  return (
    <a
      class={css.step}
      href={props.to === undefined ? undefined : props.href(props.to)}
      aria-label={props.label}
      aria-disabled={props.to === undefined}
      noScroll
    >
      {props.sign}
    </a>
  );
}
