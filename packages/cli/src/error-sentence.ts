import { ReconciliationError } from "@dapanoskop/core/ledger";
import { CostSourceError } from "@dapanoskop/core/source";
import { StateError } from "@dapanoskop/core/state";
import { StoreError } from "@dapanoskop/core/store";
import { visible } from "@dapanoskop/core/text";
import { ArtifactError } from "@dapanoskop/dataset";
import { CommandError, UsageError } from "./errors.ts";

/** How many causes of an error are named. */
const MOST_CAUSES = 4;

/** An error as one line without a stack: a sentence of ours as it is, any other error with its causes. */
export function errorSentence(error: unknown): string {
  return oneLine(isSentence(error) ? error.message : withCauses(error));
}

// These messages are complete sentences for a person. Their causes are left out: those of an SDK may repeat a signed request.
function isSentence(error: unknown): error is Error {
  return (
    error instanceof CommandError ||
    error instanceof UsageError ||
    error instanceof CostSourceError ||
    error instanceof ReconciliationError ||
    error instanceof StoreError ||
    error instanceof StateError ||
    // Their types would load the report, or the AWS SDK, with every command.
    (error instanceof Error && SENTENCES_BY_NAME.has(error.name)) ||
    error instanceof ArtifactError
  );
}

const SENTENCES_BY_NAME: ReadonlySet<string> = new Set([
  "AudienceError",
  "DayNotReportedError",
  "DeploymentError",
  "NoRecipientError",
  "ParameterError",
  "PriceListError",
  "ScanError",
  "SecretError",
]);

function withCauses(error: unknown): string {
  const causes: string[] = [];
  for (let cause = error; cause !== undefined && causes.length < MOST_CAUSES; ) {
    causes.push(messageOf(cause));
    cause = cause instanceof Error ? cause.cause : undefined;
  }
  return `Unexpected error: ${causes.join(", because: ")}`;
}

function messageOf(error: unknown): string {
  const system = systemErrors.get(codeOf(error));
  const message = error instanceof Error ? error.message || error.name : String(error);
  return system === undefined ? message : `${system} (${message})`;
}

const codeOf = (error: unknown) =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";

const systemErrors: ReadonlyMap<string, string> = new Map([
  ["ENOSPC", "the disk is full"],
  ["EDQUOT", "the disk quota is used up"],
  ["EACCES", "access is denied: check the owner and the permissions"],
  ["EPERM", "access is denied: check the owner and the permissions"],
  ["EROFS", "the disk is read-only"],
  ["ENOENT", "there is no such file or folder"],
  ["ENOTDIR", "a file is where a folder is needed"],
  ["EMFILE", "too many files are open"],
  ["EADDRINUSE", "the port is taken"],
]);

const oneLine = (text: string) => visible(text.replaceAll(/\s*\n\s*/g, " ").trim(), 2_000);
