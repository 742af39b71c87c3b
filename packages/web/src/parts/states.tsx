import { createMemo, createSignal, type JSX, Match, Show, Switch } from "solid-js";
import { useDataset } from "../data/dataset-context.tsx";
import type { DataError, FailureKind } from "../data/failure.ts";
import type { LoadState } from "../data/loadable.ts";
import button from "./button.module.css";
import css from "./states.module.css";

/** What stands in the place of figures that are on their way: of their size, so that nothing moves when they come. */
export function LoadingPlaceholder(props: { of: "line" | "block" | "hero"; what: string }) {
  return (
    <div role="status">
      <span class="unseen">Loading {props.what}</span>
      <span class={css.bar} data-size={props.of} aria-hidden="true" />
    </div>
  );
}

/** A sentence in the place of what is not there, and what to do next. */
export function Notice(props: { title: string; children: JSX.Element; next?: JSX.Element; page?: boolean }) {
  return (
    <div class={props.page ? css.page : css.part}>
      <div class={css.note}>
        <Show when={props.page} fallback={<h2>{props.title}</h2>}>
          <h1>{props.title}</h1>
        </Show>
        {props.children}
        <Show when={props.next}>
          <div class={css.next}>{props.next}</div>
        </Show>
      </div>
    </div>
  );
}

/** In the place of a page whose code did not come: the connection is away, or a newer version stands there by now. */
export function PageCodeMissing() {
  return (
    <Notice
      page
      title="This page could not be loaded"
      next={
        <button type="button" class={button.main} onClick={() => location.reload()}>
          Load the page again
        </button>
      }
    >
      <p role="alert">The connection is away, or these pages were renewed since you opened them.</p>
    </Notice>
  );
}

const TITLES: Record<FailureKind, string> = {
  offline: "No connection",
  refused: "Please sign in again",
  missing: "This file is not there",
  damaged: "These figures are damaged",
  newer: "A newer page is needed",
  unloaded: "A part of this page is missing",
  server: "The figures could not be read",
};

/** Why something is missing, drawn with its own next step. */
export function LoadFailure(props: { error: DataError; again: () => void; page?: boolean }) {
  const { session } = useDataset();
  const [problem, setProblem] = createSignal<string | null>(null);
  const signIn = () =>
    session
      .signIn(`${location.pathname}${location.search}`)
      .catch((error: unknown) => setProblem(error instanceof Error ? error.message : String(error)));
  return (
    <Notice
      title={TITLES[props.error.kind]}
      page={props.page ?? false}
      next={
        <Switch
          fallback={
            <button type="button" class={button.main} onClick={() => props.again()}>
              Try again
            </button>
          }
        >
          <Match when={props.error.kind === "refused"}>
            <button type="button" class={button.main} onClick={() => void signIn()}>
              Sign in
            </button>
            <button type="button" class={button.quiet} onClick={() => props.again()}>
              Try again
            </button>
          </Match>
          <Match when={props.error.kind === "newer" || props.error.kind === "unloaded"}>
            <button type="button" class={button.main} onClick={() => location.reload()}>
              Load the page again
            </button>
          </Match>
        </Switch>
      }
    >
      <p role="alert">{problem() ?? words(props.error)}</p>
    </Notice>
  );
}

function words({ kind, message }: DataError): string {
  if (kind === "offline")
    return "The figures could not be fetched. They come by themselves once the connection is back.";
  return kind === "refused" ? `${message} After signing in you are back at this very view.` : message;
}

/** Draws what was loaded, what is on its way, or why it did not come. */
export function Await<T>(props: {
  of: { (): LoadState<T>; again(): void };
  what: string;
  waiting?: "line" | "block" | "hero";
  page?: boolean;
  children: (value: () => T) => JSX.Element;
}) {
  const failure = () => {
    const loaded = props.of();
    return loaded.state === "failed" ? loaded.error : undefined;
  };
  return (
    <Switch fallback={<LoadingPlaceholder of={props.waiting ?? "block"} what={props.what} />}>
      <Match when={failure()}>
        {(error) => <LoadFailure error={error()} again={() => props.of.again()} page={props.page ?? false} />}
      </Match>
      {/* `null` is an answer too: there is nothing. What is told while the next one loads is not drawn again. */}
      <Match when={props.of().value !== undefined}>
        {props.children(createMemo(() => props.of().value as T))}
      </Match>
    </Switch>
  );
}
