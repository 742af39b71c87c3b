import { withHeadStart } from "./head-start.ts";

/** What the page reads with, from the moment at which this is loaded. */
export const fetchData = withHeadStart((address) => fetch(address), location.search);
