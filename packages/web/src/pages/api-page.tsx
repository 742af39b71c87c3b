import { createEffect, type JSX, Match, Switch } from "solid-js";
import { hrefOf, useAddress } from "../address/address.ts";
import { useDataset } from "../data/dataset-context.tsx";
import { Await } from "../parts/await.tsx";
import button from "../parts/button.module.css";
import { Notice } from "../parts/notice.tsx";
import states from "../parts/states.module.css";

/**
 * A page that reads the API. It draws its children where the site has the API, and says so where it has none.
 * @param props.title for the browser's tab
 */
export function ApiPage(props: { title: string; children: JSX.Element }) {
  const { hasApi } = useDataset();
  createEffect(() => {
    document.title = `${props.title} · Dapanoskop`;
  });
  return (
    <Await value={hasApi} what="the site's configuration" placeholder="hero" page>
      {(isOn) => (
        <Switch fallback={<ApiIsOff />}>
          <Match when={isOn()}>{props.children}</Match>
        </Switch>
      )}
    </Await>
  );
}

function ApiIsOff() {
  const address = useAddress();
  return (
    <Notice
      page
      title="Plans, drift and budgets are off"
      next={
        <a class={button.main} href={hrefOf("/", address.period())}>
          To the overview
        </a>
      }
    >
      <p>
        This site has no API. Its operator can switch it on with{" "}
        <code class={states.code}>api_enabled = true</code>.
      </p>
    </Notice>
  );
}
