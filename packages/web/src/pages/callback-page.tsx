import { createSignal, onMount, Show } from "solid-js";
import { useDataset } from "../data/dataset-context.tsx";
import button from "../parts/button.module.css";
import { LoadingPlaceholder } from "../parts/loading-placeholder.tsx";
import { Notice } from "../parts/notice.tsx";

/** The page that the user pool redirects to. It completes the sign-in and opens the view that the reader came from. */
export default function CallbackPage() {
  const { session } = useDataset();
  const [problem, setProblem] = createSignal<string | null>(null);
  const report = (error: unknown) => void setProblem(error instanceof Error ? error.message : String(error));
  onMount(() => {
    // A new page load: nothing of the sign-in stays in memory or in the history.
    session.completeSignIn().then((backTo) => location.replace(backTo), report);
  });
  return (
    <Show when={problem()} fallback={<LoadingPlaceholder size="line" what="the session" />}>
      {(text) => (
        <Notice
          page
          title="Sign-in failed"
          next={
            <button type="button" class={button.main} onClick={() => void session.signIn("/").catch(report)}>
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
