import { Show } from "solid-js";
import type { PagedList } from "../data/paged-list.ts";
import button from "../parts/button.module.css";
import { Hint } from "../parts/hint.tsx";

/** Loads the next part of a list, and says why that failed. @param props.label `Older plans` */
export function MoreButton(props: { list: PagedList<unknown>; label: string }) {
  return (
    <Show when={props.list.hasMore()}>
      <Hint>
        <button
          type="button"
          class={button.quiet}
          aria-disabled={props.list.isLoadingMore()}
          onClick={() => void props.list.loadMore()}
        >
          {props.list.isLoadingMore() ? "Loading" : props.label}
        </button>
        <Show when={props.list.problem()}>{(problem) => <span role="alert"> {problem().message}</span>}</Show>
      </Hint>
    </Show>
  );
}
