import "./theme/tokens.css";
import "./theme/base.css";
import { render } from "solid-js/web";
import { App } from "./app.tsx";
import { makeReader } from "./data/reader.ts";
import { fetchData } from "./data/started.ts";
import { applyAppearance, chosenAppearance } from "./parts/appearance.ts";
import { browserSession } from "./session/browser-session.ts";

const session = browserSession((input, init) => fetch(input, init));
const reader = makeReader(fetchData, session, async () =>
  (await import("./data/usage-decoder.ts")).usageDecoder(),
);
const place = document.getElementById("page");
if (place === null) throw new Error("index.html has no element with the id page.");

applyAppearance(chosenAppearance(localStorage), document.documentElement, localStorage);
render(() => <App reader={reader} session={session} languages={navigator.languages} />, place);
