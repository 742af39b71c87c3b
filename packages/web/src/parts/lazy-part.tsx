import { type Component, lazy } from "solid-js";
import { Hint } from "./hint.tsx";

/** A part of a page whose code is loaded when it is drawn. If that fails, only this part is missing, and says so. */
export const lazyPart = <Props extends Record<string, unknown>>(
  load: () => Promise<{ default: Component<Props> }>,
): Component<Props> =>
  lazy(() =>
    load().catch(() => ({
      default: () => <Hint>A part of this page could not be loaded. Load the page again.</Hint>,
    })),
  );
