import button from "./button.module.css";
import { Notice } from "./notice.tsx";

/** Shown in place of a page whose code could not be loaded: no connection, or a newer version was deployed. */
export function PageCodeMissing() {
  return (
    <Notice
      page
      title="This page could not be loaded"
      next={
        <button type="button" class={button.main} onClick={() => location.reload()}>
          Load the page again
        </button>
      }
    >
      <p role="alert">There is no connection, or a newer version of these pages was deployed.</p>
    </Notice>
  );
}
