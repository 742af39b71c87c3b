import { createSignal, onMount, Show } from "solid-js";
import { usePublished } from "../data/published-context.tsx";
import button from "../parts/button.module.css";
import { Notice, Waiting } from "../parts/States.tsx";

/** Back from signing in: the answer is checked, and the reader gets the view that was asked for. */
export default function CallbackPage() {
  const { session } = usePublished();
  const [problem, setProblem] = createSignal<string | null>(null);
  onMount(async () => {
    try {
      // A load of its own: nothing of the sign-in stays in memory, and nothing that was drawn on the way stays behind.
      location.replace(await session.complete());
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  });
  return (
    <Show when={problem()} fallback={<Waiting of="line" what="the session" />}>
      {(text) => (
        <Notice
          page
          title="Signing in did not work"
          next={
            <button type="button" class={button.main} onClick={() => void session.signIn("/")}>
              Sign in again
            </button>
          }
        >
          <p role="alert">{text()}</p>
        </Notice>
      )}
    </Show>
  );
}
