import { withPrefetch } from "./prefetch.ts";

/** Fetches data for the page. The first files are requested when this module loads. */
export const fetchData = withPrefetch((address) => fetch(address), location.search);
