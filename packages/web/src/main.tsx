import "./theme/tokens.css";
import "./theme/base.css";
import { render } from "solid-js/web";
import { App } from "./app.tsx";
import { withHeadStart } from "./data/head-start.ts";
import { makeReader } from "./data/reader.ts";
import { applyAppearance, chosenAppearance } from "./parts/appearance.ts";
import { browserSession } from "./session/browser-session.ts";

const fetchHere: typeof fetch = (input, init) => fetch(input, init);
const session = browserSession(fetchHere);
const reader = withHeadStart(
  makeReader(fetchHere, session, async () => (await import("./data/usage-decoder.ts")).usageDecoder()),
  location.search,
);
const place = document.getElementById("page");
if (place === null) throw new Error("index.html has no element with the id page.");

applyAppearance(chosenAppearance(localStorage), document.documentElement, localStorage);
// In a task of its own: on a slow machine, making the page and drawing it are each long enough.
setTimeout(() =>
  render(() => <App reader={reader} session={session} languages={navigator.languages} />, place),
);
