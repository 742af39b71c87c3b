import type { IndexDocument, Summary } from "@dapanoskop/dataset";
import { createEffect, For, type JSX, Match, Switch } from "solid-js";
import { hrefOf, useAddress } from "../address/address.ts";
import { useDataset } from "../data/dataset-context.tsx";
import { Await } from "../parts/await.tsx";
import button from "../parts/button.module.css";
import { Notice } from "../parts/notice.tsx";
import states from "../parts/states.module.css";
import { useFormats } from "../words/formats-context.tsx";

/**
 * A page about one month. It loads the index and the month's summary, and draws its children with them. All pages share
 * its states: nothing published yet, month not published, loading failed.
 * @param props.title for the browser's tab
 */
export function MonthPage(props: {
  title: (summary: Summary) => string;
  children: (summary: () => Summary, index: () => IndexDocument) => JSX.Element;
}) {
  const { index, period, summary } = useDataset();
  const pointer = () => index().value ?? undefined;
  return (
    <Switch
      fallback={
        <Await value={index} what="the index" placeholder="hero" page>
          {() => <NothingPublished />}
        </Await>
      }
    >
      <Match when={period() === null && pointer()}>
        <MonthNotPublished />
      </Match>
      <Match when={pointer()}>
        {(known) => (
          <Await value={summary} what="the month" placeholder="hero" page>
            {(month) => {
              createEffect(() => {
                document.title = `${props.title(month())} · Dapanoskop`;
              });
              return props.children(month, known);
            }}
          </Await>
        )}
      </Match>
    </Switch>
  );
}

function NothingPublished() {
  const { index } = useDataset();
  return (
    <Notice
      page
      title="Nothing is published yet"
      next={
        <button type="button" class={button.main} onClick={() => index.reload()}>
          Check again
        </button>
      }
    >
      <p>
        The first collection publishes the first figures. Collection runs once a day. The operator of
        Dapanoskop can start it now with <code class={states.code}>dapanoskop collect</code>, or add older
        months with <code class={states.code}>dapanoskop collect --backfill 13</code>.
      </p>
    </Notice>
  );
}

function MonthNotPublished() {
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
      <p>Choose a month above. The operator of Dapanoskop can add an older one with a backfill.</p>
    </Notice>
  );
}
