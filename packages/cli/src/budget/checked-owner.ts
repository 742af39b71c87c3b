import { UsageError } from "../errors.ts";

/** The owner that a command line names. @throws UsageError for what nobody's budgets are kept under */
export function checkedOwner(command: string, owner: string): string {
  if (/^(local|(user|group|client):.+)$/s.test(owner)) return owner;
  throw new UsageError(command, "--owner must be local, user:SUB or group:NAME.");
}
