import { isServer } from "solid-js/web";

/**
 * Whether what is drawn can react to the reader. The page can. A file of a month is drawn without a browser and has no
 * script: controls and links to other pages are left out of it. Both builds replace it by a constant.
 */
export const hasScript = !isServer;
