import { createSignal, Match, Switch } from "solid-js";
import { useDataset } from "../data/dataset-context.tsx";
import type { DataError, FailureKind } from "../data/failure.ts";
import button from "./button.module.css";
import { Notice } from "./notice.tsx";

const TITLES: Record<FailureKind, string> = {
  offline: "No connection",
  refused: "Please sign in again",
  missing: "This file is missing",
  damaged: "These figures are damaged",
  newer: "A newer page is needed",
  invalid: "This was not accepted",
  unloaded: "A part of this page is missing",
  server: "The figures could not be read",
};

/** Why figures are missing, with the next step for each kind of failure. */
export function LoadFailure(props: { error: DataError; retry: () => void; page?: boolean }) {
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
            <button type="button" class={button.main} onClick={() => props.retry()}>
              Try again
            </button>
          }
        >
          <Match when={props.error.kind === "refused"}>
            <button type="button" class={button.main} onClick={() => void signIn()}>
              Sign in
            </button>
            <button type="button" class={button.quiet} onClick={() => props.retry()}>
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
      <p role="alert">{problem() ?? explanation(props.error)}</p>
    </Notice>
  );
}

function explanation({ kind, message }: DataError): string {
  if (kind === "offline")
    return "The figures could not be fetched. The page fetches them again when the connection is back.";
  return kind === "refused" ? `${message} After you sign in, this view opens again.` : message;
}
