import "./theme/tokens.css";
import "./theme/base.css";
import { render } from "solid-js/web";
import { App } from "./app.tsx";
import { makeApi } from "./data/api.ts";
import { DataError } from "./data/failure.ts";
import { fetchData } from "./data/prefetched-data.ts";
import { makeReader } from "./data/reader.ts";
import { applyAppearance, chosenAppearance } from "./parts/appearance.ts";
import { browserSession } from "./session/browser-session.ts";

const ownFetch: typeof fetch = (input, init) => fetch(input, init);
const session = browserSession(ownFetch);
const reader = makeReader(fetchData, session, async () => {
  const { parquetDecoder } = await import("./data/parquet-decoder.ts").catch((cause: unknown) => {
    const message =
      "The code that reads usage files could not be loaded: there is no connection, or a newer version of these pages was deployed.";
    throw new DataError("unloaded", message, { cause });
  });
  return parquetDecoder();
});
const root = document.getElementById("page");
if (root === null) throw new Error("index.html has no element with the id page.");

applyAppearance(chosenAppearance(localStorage), document.documentElement, localStorage);
render(
  () => (
    <App reader={reader} session={session} api={makeApi(ownFetch, session)} languages={navigator.languages} />
  ),
  root,
);
