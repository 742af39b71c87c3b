export const sst: string;
export function installSst(): void;
export function installPlatformWhenNeeded(): void;
export function environmentOf(
  command: string | undefined,
  environment?: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv;
