import { createSignal, Show } from "solid-js";
import { useDataset } from "../data/dataset-context.tsx";
import button from "./button.module.css";
import css from "./signed-in-user.module.css";

/** The signed-in user and the sign-out button. A failed sign-out is reported beside them. */
export function SignedInUser(props: { name: string }) {
  const { session } = useDataset();
  const [problem, setProblem] = createSignal<string | null>(null);
  let isSigningOut = false;
  const signOut = async () => {
    if (isSigningOut) return;
    isSigningOut = true;
    try {
      await session.signOut();
      setProblem(null);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
    isSigningOut = false;
  };
  return (
    <>
      <span class={css.user}>
        <bdi>{props.name}</bdi>
        <button type="button" class={button.quiet} onClick={() => void signOut()}>
          Sign out
        </button>
      </span>
      <Show when={problem()}>
        {(text) => (
          <p class={css.problem} role="alert">
            {text()}{" "}
            <button type="button" class={button.quiet} onClick={() => void signOut()}>
              Try again
            </button>
          </p>
        )}
      </Show>
    </>
  );
}
