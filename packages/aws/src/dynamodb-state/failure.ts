import { StateError, type StateFailure } from "@dapanoskop/core/state";
import { quoted } from "@dapanoskop/core/text";
import {
  CHECK_PROXY,
  checkNetwork,
  credentialsSentence,
  DeadlineError,
  type FailedRequest,
  LongAnswerError,
  longAnswerSentence,
  messageOf,
  nameOf,
  quotedCause,
  quotedMessage,
  statusOf,
  untrustedSentence,
} from "../transport/index.ts";

/** What a request does, for sentences. */
export interface TableRequest {
  readonly verb: "read" | "list" | "write" | "remove";
  /** The record, or the partition of a list. */
  readonly what: string;
  readonly table: string;
}

/** What a failed request means, for which record, and what to do. The cause is kept; its message may name accounts. */
export function stateError(request: TableRequest, failed: FailedRequest): StateError {
  const { failure, sentence } = meaningOf(request, failed);
  return new StateError(failure, `${beginning(request, failure)}: ${sentence}`, { cause: failed.cause });
}

/** An answer that DynamoDB does not give; `what` says what is wrong with it. */
export const notFromDynamoDb = (request: TableRequest, what: string): StateError =>
  new StateError(
    "corrupt",
    `${beginning(request, "corrupt")}: ${what}. Look at the item in the table, and find out who writes into it.`,
  );

const ACTIONS = {
  read: "dynamodb:GetItem",
  list: "dynamodb:Query",
  write: "dynamodb:PutItem",
  remove: "dynamodb:DeleteItem",
} as const;

const DONE = { read: "read from", write: "written to", remove: "removed from" } as const;

function beginning({ verb, what, table }: TableRequest, failure: StateFailure): string {
  if (verb === "list") return `${what} could not be listed from the table ${table}`;
  if (failure === "unknown-outcome")
    return `Whether ${what} was ${DONE[verb]} the table ${table} is not known`;
  return `${what} could not be ${DONE[verb]} the table ${table}`;
}

interface StateFailureMeaning {
  readonly failure: StateFailure;
  readonly sentence: string;
}

const means = (failure: StateFailure, sentence: string): StateFailureMeaning => ({ failure, sentence });

function meaningOf(request: TableRequest, failed: FailedRequest): StateFailureMeaning {
  const { cause, failureClass } = failed;
  if (messageOf(cause).startsWith("Region is missing")) {
    return means("no-such-place", "there is no region. Set AWS_REGION to the table's.");
  }
  if (failureClass === "credentials" || failureClass === "clock-corrected") {
    return means("credentials", credentialsSentence(cause));
  }
  if (failureClass === "untrusted") return means("unreachable", untrustedSentence("DynamoDB", cause));
  return failureClass === "rejected" ? refused(request, cause) : unanswered(request, failed);
}

/** DynamoDB answered, and would give the same answer again. */
function refused({ verb, table }: TableRequest, cause: unknown): StateFailureMeaning {
  const name = nameOf(cause);
  const words = `DynamoDB says ${quotedMessage(messageOf(cause))} (${quoted(name)}).`;
  if (name === "ResourceNotFoundException") {
    return means(
      "no-such-place",
      `there is no such table in this region. Correct STATE_TABLE or AWS_REGION; nothing here creates a table. ${words}`,
    );
  }
  const kmsAction = KMS_ACTION.exec(messageOf(cause))?.[0];
  if (name.startsWith("KMS") || kmsAction !== undefined) {
    return means(
      "access-denied",
      `the table's encryption key cannot be used. Grant ${kmsAction ?? "kms:Decrypt"} on it, and see that the key is enabled. ${words}`,
    );
  }
  if (name === "AccessDeniedException") {
    return means("access-denied", `access denied. Grant ${ACTIONS[verb]} on the table ${table}. ${words}`);
  }
  if (name === "ValidationException") {
    return means(
      "no-such-place",
      `the table has other keys than a state table: its partition key must be pk and its sort key sk, both texts. ${words}`,
    );
  }
  if (name === "ItemCollectionSizeLimitExceededException") {
    return means(
      "no-space",
      `the table has a local index, which limits its size. Remove the index. ${words}`,
    );
  }
  return means("access-denied", `DynamoDB refused it. ${words}`);
}

const KMS_ACTION = /\bkms:[A-Za-z]{1,40}/;

/** No answer of DynamoDB, or one that only says that it is busy or failed. */
function unanswered({ verb, table }: TableRequest, failed: FailedRequest): StateFailureMeaning {
  const { cause, failureClass, attempts, ranOutOfTime } = failed;
  if (cause instanceof DeadlineError && !cause.sent) {
    return means("unreachable", "no time was left for it. Give the function more time.");
  }
  const times = attempts === 1 ? "once" : `${attempts} times`;
  const late = ranOutOfTime ? " No time was left for another attempt." : "";
  if (failureClass === "throttled") {
    return means(
      "throttled",
      `DynamoDB asked for fewer requests (${quoted(nameOf(cause))}), ${times}.${late} Set the table to on-demand capacity, or raise its limits; then run again.`,
    );
  }
  const isWrite = verb === "write" || verb === "remove";
  const failure = isWrite && failureClass === "lost" ? "unknown-outcome" : "unreachable";
  if (cause instanceof LongAnswerError) return means(failure, longAnswerSentence("DynamoDB", cause));
  const status = statusOf(cause);
  if (status !== null && status < 300) {
    return means(failure, `the answer could not be read as one of DynamoDB, ${times}.${late} ${CHECK_PROXY}`);
  }
  if (status !== null) {
    return means(
      failure,
      `DynamoDB failed ${times}, at last with status ${status} (${quoted(nameOf(cause))}).${late} Run again later.`,
    );
  }
  return means(
    failure,
    `DynamoDB gave no answer, ${times} (${quotedCause(cause)}).${late} ${checkNetwork(`the table ${table}`)}`,
  );
}
