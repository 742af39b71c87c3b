import type { Month } from "@dapanoskop/core/calendar";
import { useLocation, useNavigate } from "@solidjs/router";
import { createEffect, createMemo, For, onCleanup, Show } from "solid-js";
import { useDataset } from "../data/dataset-context.tsx";
import { useFormats } from "../words/formats-context.tsx";
import css from "./month-strip.module.css";

/**
 * The published months, newest at the end. Arrow keys step through them wherever nothing else is held by the keyboard.
 * A step keeps the place: the same center, the same workload, another month.
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
  // On the way back from signing in there is no place that another month could be seen at.
  const isPlace = createMemo(() => location.pathname !== "/callback");
  const oldestFirst = createMemo(() => periods().toReversed());
  const at = createMemo(() => periods().indexOf(period() ?? ""));
  const neighbour = (step: number): Month | undefined => (at() === -1 ? undefined : periods()[at() - step]);

  createEffect(() => {
    const key = (event: KeyboardEvent) => {
      const held = document.activeElement;
      const isFree =
        held === null || held === document.body || held.id === "main" || months?.contains(held) === true;
      if (!isFree || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      const month = step === undefined ? undefined : neighbour(step);
      if (month === undefined) return;
      event.preventDefault();
      navigate(hrefTo(month), { scroll: false });
    };
    document.addEventListener("keydown", key);
    onCleanup(() => document.removeEventListener("keydown", key));
  });
  createEffect(() => {
    if (period() !== null) requestAnimationFrame(bringIntoSight);
  });
  // Into sight within the strip only; the page itself stays where it is.
  function bringIntoSight() {
    const current = months?.querySelector<HTMLElement>("[aria-current]");
    if (months === undefined || current === null || current === undefined) return;
    const [outer, inner] = [months.getBoundingClientRect(), current.getBoundingClientRect()];
    if (inner.left < outer.left || inner.right > outer.right) {
      months.scrollLeft += inner.left - outer.left - (outer.width - inner.width) / 2;
    }
  }

  return (
    <Show when={isPlace()}>
      <nav class={css.strip} aria-label="Months" data-print="no">
        <Step to={neighbour(-1)} href={hrefTo} label="Previous month" sign="‹" />
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
        <Step to={neighbour(1)} href={hrefTo} label="Next month" sign="›" />
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
