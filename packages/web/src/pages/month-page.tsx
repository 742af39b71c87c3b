import type { IndexDocument, Summary } from "@dapanoskop/dataset";
import { createEffect, For, type JSX, Match, Switch } from "solid-js";
import { hrefOf, useAddress } from "../address/address.ts";
import { useDataset } from "../data/dataset-context.tsx";
import button from "../parts/button.module.css";
import states from "../parts/states.module.css";
import { Await, Notice } from "../parts/states.tsx";
import { useFormats } from "../words/formats-context.tsx";

/**
 * What every page of a month needs first: the index, a month in it, and its summary. The first day without data, a month
 * that nobody published, and what cannot be read are drawn here, once for all pages.
 */
export function MonthPage(props: {
  title: (summary: Summary) => string;
  children: (summary: () => Summary, index: () => IndexDocument) => JSX.Element;
}) {
  const published = useDataset();
  const pointer = () => published.index().value ?? undefined;
  return (
    <Switch
      fallback={
        <Await of={published.index} what="the index" waiting="hero" page>
          {() => <FirstDay />}
        </Await>
      }
    >
      <Match when={published.period() === null && pointer()}>
        <NotPublished />
      </Match>
      <Match when={pointer()}>
        {(index) => (
          <Await of={published.summary} what="the month" waiting="hero" page>
            {(summary) => {
              createEffect(() => {
                document.title = `${props.title(summary())} · Dapanoskop`;
              });
              return props.children(summary, index);
            }}
          </Await>
        )}
      </Match>
    </Switch>
  );
}

/** Nothing was collected yet: what happens next, and what to do if it does not. */
function FirstDay() {
  const { index } = useDataset();
  return (
    <Notice
      page
      title="Nothing is published yet"
      next={
        <button type="button" class={button.main} onClick={() => index.again()}>
          Look again
        </button>
      }
    >
      <p>
        The first figures come with the first collection. It runs once a day by itself; whoever installed
        Dapanoskop can start it now with <code class={states.code}>dapanoskop collect</code>, or add older
        months with <code class={states.code}>dapanoskop collect --backfill 13</code>.
      </p>
    </Notice>
  );
}

/** The address asks for a month that is not there. */
function NotPublished() {
  const { periods } = useDataset();
  const address = useAddress();
  const formats = useFormats();
  return (
    <Notice
      page
      title={`${formats.month(address.period() ?? "")} is not published`}
      next={
        <For each={periods().slice(0, 3)}>
          {(period) => (
            <a class={button.quiet} href={hrefOf("/", period)}>
              {formats.month(period)}
            </a>
          )}
        </For>
      }
    >
      <p>Choose a month above. An older one is added by whoever keeps Dapanoskop, with a backfill.</p>
    </Notice>
  );
}
