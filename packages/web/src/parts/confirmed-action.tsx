import { createSignal, type JSX, Show } from "solid-js";
import { dataError } from "../data/failure.ts";
import button from "./button.module.css";
import css from "./confirmed-action.module.css";

/**
 * A button whose work starts at a second click, after a sentence that says what it does.
 * @param props.label of the first button
 * @param props.confirm of the second one
 * @param props.keep of the button that leaves everything as it is
 * @param props.failed in front of the reason, where the work failed: `The budget was not deleted.`
 * @param props.run resolves when the work is done
 */
export function ConfirmedAction(props: {
  label: string;
  confirm: string;
  keep: string;
  failed: string;
  children: JSX.Element;
  run: () => Promise<void>;
}) {
  const [isAsked, setAsked] = createSignal(false);
  const [failure, setFailure] = createSignal<string | null>(null);
  const [isRunning, setRunning] = createSignal(false);
  let first: HTMLButtonElement | undefined;

  async function run(): Promise<void> {
    if (isRunning()) return;
    setRunning(true);
    setFailure(null);
    try {
      await props.run();
      setAsked(false);
    } catch (error) {
      setFailure(dataError(error).message);
    } finally {
      setRunning(false);
    }
  }

  /** The button that was pressed is gone: the focus stays where it was. */
  function keep(): void {
    setAsked(false);
    setFailure(null);
    queueMicrotask(() => first?.focus());
  }

  return (
    <Show
      when={isAsked()}
      fallback={
        <button ref={first} type="button" class={button.quiet} onClick={() => setAsked(true)}>
          {props.label}
        </button>
      }
    >
      <div class={css.asked}>
        <p class={css.sentence}>{props.children}</p>
        <p class={css.actions}>
          <button
            type="button"
            class={button.main}
            aria-disabled={isRunning()}
            ref={(shown) => queueMicrotask(() => shown.focus())}
            onClick={() => void run()}
          >
            {props.confirm}
          </button>
          <button type="button" class={button.quiet} onClick={keep}>
            {props.keep}
          </button>
        </p>
        <Show when={failure()}>
          {(text) => (
            <p class={css.sentence} role="alert">
              {props.failed} {text()}
            </p>
          )}
        </Show>
      </div>
    </Show>
  );
}
