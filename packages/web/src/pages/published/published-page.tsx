import { eventMonth, type Month } from "@dapanoskop/core/calendar";
import { moneyFromNumber } from "@dapanoskop/core/money";
import type { IndexDocument, Snapshot } from "@dapanoskop/dataset";
import { changeOf } from "@dapanoskop/dataset/report";
import { createEffect, createMemo, For, Show } from "solid-js";
import { hrefOf } from "../../address/address.ts";
import { Sparkline } from "../../chart/sparkline.tsx";
import { dataHref } from "../../data/data-href.ts";
import { useDataset } from "../../data/dataset-context.tsx";
import button from "../../parts/button.module.css";
import { ChangeText } from "../../parts/change-text.tsx";
import { download, fileName } from "../../parts/download.ts";
import { Section } from "../../parts/section.tsx";
import { Await, Notice } from "../../parts/states.tsx";
import { Term } from "../../parts/term.tsx";
import { csvText } from "../../table/csv.ts";
import { useFormats } from "../../words/formats-context.tsx";
import title from "../title.module.css";
import css from "./published.module.css";

/** Every published month: its snapshot, what it was restated from, and its files with their hashes. */
export default function PublishedPage() {
  const { index } = useDataset();
  createEffect(() => {
    document.title = "Published · Dapanoskop";
  });
  return (
    <>
      <p class={title.crumb}>What every figure on these pages is read from</p>
      <h1 class={title.title}>Published</h1>
      <Await of={index} what="the index" page>
        {(known) => (
          <Show
            when={known()}
            fallback={
              <Notice title="Nothing is published yet">
                <p>The first collection publishes the running month and the one before it.</p>
              </Notice>
            }
          >
            {(pointer) => <Everything index={pointer()} />}
          </Show>
        )}
      </Await>
    </>
  );
}

function Everything(props: { index: IndexDocument }) {
  const { summary, period: here } = useDataset();
  const formats = useFormats();
  // The index names no currency: the summary that is loaded anyway does.
  const currency = () => summary().value?.currency ?? "USD";
  const save = () => {
    const rows = props.index.periods.flatMap((period) => {
      const snapshot = props.index.snapshot[period];
      if (snapshot === undefined) return [];
      const all = [...snapshot.restated, snapshot];
      return all.map(({ run_id, as_of, total_cost_usd }) => [period, as_of, run_id, total_cost_usd]);
    });
    const head = ["month", "collected at", "run", `total (${currency()})`];
    download(fileName("dapanoskop", "published.csv"), "text/csv", csvText([head, ...rows]));
  };
  return (
    <>
      <dl class={css.facts}>
        <div>
          <dt>Last published</dt>
          <dd>{formats.instant(props.index.published_at)}</dd>
        </div>
        <div>
          <dt>Generation</dt>
          <dd>{formats.count(props.index.generation)}</dd>
        </div>
        <div>
          <dt>Run</dt>
          <dd>
            <code>{props.index.run_id}</code>
          </dd>
        </div>
        <div>
          <dt>All months</dt>
          <dd>
            <For each={Object.entries(props.index.shared)}>
              {([name, file]) => <File name={name} file={file} />}
            </For>
            <a href={dataHref("index.json")} download="index.json" rel="external">
              index.json
            </a>
          </dd>
        </div>
      </dl>
      <Section
        title={
          props.index.periods.length === 1
            ? "One month"
            : `${formats.count(props.index.periods.length)} months`
        }
        actions={
          <>
            <Term of="restated" />
            <button type="button" class={button.quiet} onClick={save}>
              CSV
            </button>
          </>
        }
      >
        <ol class={css.months}>
          <For each={props.index.periods}>
            {(period) => (
              <Show when={props.index.snapshot[period]}>
                {(snapshot) => (
                  <MonthOf
                    period={period}
                    snapshot={snapshot()}
                    currency={currency()}
                    isOpen={here() === period}
                  />
                )}
              </Show>
            )}
          </For>
        </ol>
      </Section>
    </>
  );
}

function MonthOf(props: { period: Month; snapshot: Snapshot; currency: string; isOpen: boolean }) {
  const formats = useFormats();
  const money = (amount: number) => moneyFromNumber(amount, props.currency);
  const states = () =>
    [props.snapshot.is_mtd ? "running" : "closed", ...(props.snapshot.estimated ? ["estimate"] : [])].join(
      ", ",
    );
  const history = createMemo(() => [...props.snapshot.restated, props.snapshot]);
  return (
    <li class={css.month}>
      <details open={props.isOpen}>
        <summary>
          <span class={css.name}>{formats.month(props.period)}</span>
          <span class={css.total}>{formats.money(money(props.snapshot.total_cost_usd))}</span>
          <span class={css.state}>{states()}</span>
          <span class={css.when}>{formats.instant(props.snapshot.as_of)}</span>
          <span class={css.history}>
            <Show when={props.snapshot.restated.length > 0}>
              <Sparkline values={history().map(({ total_cost_usd }) => total_cost_usd)} />
            </Show>
          </span>
        </summary>
        <div class={css.inside}>
          <p>
            <a href={hrefOf("/", props.period)}>Open {formats.month(props.period)}</a> · run{" "}
            <code>{props.snapshot.run_id}</code>
          </p>
          <h3>Readings</h3>
          <table class={css.table}>
            <thead>
              <tr>
                <th scope="col">Collected</th>
                <th scope="col" data-align="end">
                  Total
                </th>
                <th scope="col" data-align="end">
                  Change
                </th>
                <th scope="col">What it was</th>
              </tr>
            </thead>
            <tbody>
              <For each={history()}>
                {({ as_of, total_cost_usd }, at) => (
                  <tr>
                    <th scope="row">{formats.instant(as_of)}</th>
                    <td data-align="end">{formats.money(money(total_cost_usd))}</td>
                    <td data-align="end">
                      <Show when={history()[at() - 1]}>
                        {(before) => (
                          <ChangeText
                            change={changeOf(money(total_cost_usd), money(before().total_cost_usd))}
                          />
                        )}
                      </Show>
                    </td>
                    <td>{eventMonth(as_of) > props.period ? "the closed month" : "the month so far"}</td>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
          <h3>Files</h3>
          <ul class={css.files}>
            <For each={Object.entries(props.snapshot.files)}>
              {([name, file]) => (
                <li>
                  <File name={name} file={file} period={props.period} />
                </li>
              )}
            </For>
          </ul>
        </div>
      </details>
    </li>
  );
}

function File(props: { name: string; file: Snapshot["files"][string]; period?: Month }) {
  const formats = useFormats();
  return (
    <span class={css.file}>
      <a href={dataHref(props.file.key)} download={fileName(props.period ?? "", props.name)} rel="external">
        {props.name}
      </a>
      <span>{formats.bytes(props.file.bytes)}</span>
      <code title="SHA-256">{props.file.sha256}</code>
    </span>
  );
}
