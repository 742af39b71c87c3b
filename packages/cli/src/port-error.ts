import { CommandError } from "./errors.ts";

/** The error of a server that cannot listen on a port: a sentence where the port is the reason, otherwise the error itself. */
export function portError(port: number, cause: unknown): unknown {
  const code = portErrorCode(cause);
  if (code === null) return cause;
  const why = code === "EADDRINUSE" ? "is taken by another program" : "cannot be used";
  return new CommandError(
    `Port ${port} ${why}. Choose another with --port, or leave it out to get a free one.`,
    { cause },
  );
}

/** Why a server cannot listen on a port; `null` for errors that another port would not avoid. */
export function portErrorCode(error: unknown): "EADDRINUSE" | "EACCES" | null {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return code === "EADDRINUSE" || code === "EACCES" ? code : null;
}
