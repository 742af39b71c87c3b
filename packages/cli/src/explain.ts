import { ReconciliationError } from "@dapanoskop/core/ledger";
import { CostSourceError } from "@dapanoskop/core/source";
import { StoreError } from "@dapanoskop/core/store";
import { visible } from "@dapanoskop/core/text";
import { ArtifactError } from "@dapanoskop/dataset";
import { UsageError } from "./arguments.ts";
import { CommandError } from "./world.ts";

/** Links of a chain of causes that are told. */
const DEEPEST_CAUSE = 4;

/** What failed as one line without a stack: a sentence of ours as it is, anything else with its causes. */
export function explain(error: unknown): string {
  return oneLine(isSentence(error) ? error.message : withCauses(error));
}

// These are written for a person and complete. Their causes are not told: an SDK's may repeat a signed request.
function isSentence(error: unknown): error is Error {
  return (
    error instanceof CommandError ||
    error instanceof UsageError ||
    error instanceof CostSourceError ||
    error instanceof ReconciliationError ||
    error instanceof StoreError ||
    error instanceof ArtifactError
  );
}

function withCauses(error: unknown): string {
  const links: string[] = [];
  for (let link = error; link !== undefined && links.length < DEEPEST_CAUSE; ) {
    links.push(messageOf(link));
    link = link instanceof Error ? link.cause : undefined;
  }
  return `Something unforeseen failed: ${links.join(", because: ")}`;
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
  ["EACCES", "access is denied: check who owns the place"],
  ["EPERM", "access is denied: check who owns the place"],
  ["EROFS", "the disk can only be read"],
  ["ENOENT", "there is no such file or folder"],
  ["ENOTDIR", "a file stands where a folder is needed"],
  ["EMFILE", "too many files are open"],
  ["EADDRINUSE", "the port is taken"],
]);

const oneLine = (text: string) => visible(text.replaceAll(/\s*\n\s*/g, " ").trim(), 2_000);
