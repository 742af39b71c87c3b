import { withPrefetch } from "./prefetch.ts";

/** What the page reads with, from the moment at which this is loaded. */
export const fetchData = withPrefetch((address) => fetch(address), location.search);
