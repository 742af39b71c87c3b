import { createMemo, type JSX, Match, Switch } from "solid-js";
import type { Loadable } from "../data/loadable.ts";
import { LoadFailure } from "./load-failure.tsx";
import { LoadingPlaceholder } from "./loading-placeholder.tsx";

/**
 * Draws a loaded value, a placeholder while it loads, or why it failed.
 * @param props.what names the value for screen readers: "Loading the trend"
 */
export function Await<T>(props: {
  value: Loadable<T>;
  what: string;
  placeholder?: "line" | "block" | "hero";
  page?: boolean;
  children: (value: () => T) => JSX.Element;
}) {
  const failure = () => {
    const state = props.value();
    return state.state === "failed" ? state.error : undefined;
  };
  return (
    <Switch fallback={<LoadingPlaceholder size={props.placeholder ?? "block"} what={props.what} />}>
      <Match when={failure()}>
        {(error) => (
          <LoadFailure error={error()} retry={() => props.value.reload()} page={props.page ?? false} />
        )}
      </Match>
      {/* `null` is a value too. While the next value loads, the one before stays and is not drawn again. */}
      <Match when={props.value().value !== undefined}>
        {props.children(createMemo(() => props.value().value as T))}
      </Match>
    </Switch>
  );
}
