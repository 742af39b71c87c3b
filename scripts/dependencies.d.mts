/** Runs `npm ci` where the packages of a folder are missing or older than its lock file; ends the process where that fails. */
export function installWhenNeeded(folder?: string, flags?: readonly string[]): void;
/** npm's command on this machine. */
export const npm: string;
