/** Whether what was built is newer than everything that it is built of. */
export function isPageFresh(): boolean;
/** Builds the page where it is missing or older than its sources; tells whether it can be served now. */
export function buildPageWhenNeeded(): boolean;
/** The same for the module that draws a month's one-file report. */
export function buildMonthFileWhenNeeded(): boolean;
