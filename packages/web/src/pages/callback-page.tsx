import { createSignal, onMount, Show } from "solid-js";
import { useDataset } from "../data/dataset-context.tsx";
import button from "../parts/button.module.css";
import { LoadingPlaceholder, Notice } from "../parts/states.tsx";

/** Back from signing in: the answer is checked, and the reader gets the view that was asked for. */
export default function CallbackPage() {
  const { session } = useDataset();
  const [problem, setProblem] = createSignal<string | null>(null);
  const tell = (error: unknown) => void setProblem(error instanceof Error ? error.message : String(error));
  onMount(() => {
    // A load of its own: nothing of the sign-in stays in memory, and nothing that was drawn on the way stays behind.
    session.complete().then((backTo) => location.replace(backTo), tell);
  });
  return (
    <Show when={problem()} fallback={<LoadingPlaceholder of="line" what="the session" />}>
      {(text) => (
        <Notice
          page
          title="Signing in did not work"
          next={
            <button type="button" class={button.main} onClick={() => void session.signIn("/").catch(tell)}>
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
