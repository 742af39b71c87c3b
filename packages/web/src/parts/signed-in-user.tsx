import { createSignal, Show } from "solid-js";
import { useDataset } from "../data/dataset-context.tsx";
import button from "./button.module.css";
import css from "./signed-in-user.module.css";

/** Who is signed in, the way out, and why it did not open. */
export function SignedInUser(props: { as: string }) {
  const { session } = useDataset();
  const [problem, setProblem] = createSignal<string | null>(null);
  let isLeaving = false;
  const leave = async () => {
    if (isLeaving) return;
    isLeaving = true;
    try {
      await session.signOut();
      setProblem(null);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
    isLeaving = false;
  };
  return (
    <>
      <span class={css.user}>
        <bdi>{props.as}</bdi>
        <button type="button" class={button.quiet} onClick={() => void leave()}>
          Sign out
        </button>
      </span>
      <Show when={problem()}>
        {(text) => (
          <p class={css.problem} role="alert">
            {text()}{" "}
            <button type="button" class={button.quiet} onClick={() => void leave()}>
              Try again
            </button>
          </p>
        )}
      </Show>
    </>
  );
}
