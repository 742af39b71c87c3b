import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Clock } from "@dapanoskop/core/runtime";
import {
  accepted,
  type Mailer,
  type MessageTags,
  mailProblem,
  refusedForGood,
  refusedForNow,
  type SendOutcome,
} from "@dapanoskop/core/sending";
import { quoted } from "@dapanoskop/core/text";
import { create, type FileSystem, systemFiles } from "../files/files.ts";
import { mimeMessage } from "./mime-message.ts";

/** Mails of the same tags that a folder takes. */
const MOST_OF_A_NAME = 1_000;

/** Bytes of a file name, without the number and the ending. A file system takes 255. */
const LONGEST_NAME = 200;

/**
 * Writes each mail as a file of its own into a folder, for mail programs to open: `daily-2026-01-14-everyone-1.eml`. The
 * name consists of the values of the tags; a second mail of the same tags gets a number, so that no file is ever replaced. A
 * file is there whole or not at all. The folder is created by the first mail.
 */
export function emlMailer(folder: string, clock: Pick<Clock, "now">, fs: FileSystem = systemFiles): Mailer {
  const root = resolve(folder);

  async function write(tags: MessageTags, bytes: Uint8Array): Promise<boolean> {
    const name = Object.values(tags).join("-") || "mail";
    for (let number = 1; number <= MOST_OF_A_NAME; number += 1) {
      const file = number === 1 ? `${name}.eml` : `${name}_${number}.eml`;
      if (await create(fs, join(root, file), bytes)) return true;
    }
    return false;
  }

  return {
    place: `the folder ${folder}`,
    async send(mail) {
      const problem = mailProblem(mail) ?? nameProblem(mail.tags);
      if (problem !== null) return refusedForGood(problem);
      try {
        const { bytes, messageId } = await mimeMessage(mail, clock.now());
        await mkdir(root, { recursive: true });
        if (await write(mail.tags, bytes)) return accepted(messageId);
        return refusedForGood(
          `The mail was not written: ${folder} has ${MOST_OF_A_NAME} mails of the same tags. Move them away.`,
        );
      } catch (error) {
        return notWritten(error, folder);
      }
    },
  };
}

const nameProblem = (tags: MessageTags): string | null =>
  Object.values(tags).join("-").length > LONGEST_NAME
    ? `The values of the tags have more than ${LONGEST_NAME} characters together, too many for the name of a file. Shorten the name of the audience.`
    : null;

function notWritten(error: unknown, folder: string): SendOutcome {
  const found: unknown = Reflect.get(Object(error), "code");
  const code = typeof found === "string" ? found : "unknown error";
  const failed = `The mail was not written to ${quoted(folder, 200)} (${quoted(code)})`;
  if (BUSY.has(code)) return refusedForNow(`${failed}: the system is busy. Try again.`);
  if (code === "ENOSPC" || code === "EDQUOT") {
    return refusedForGood(`${failed}: the disk is full. Free some space.`);
  }
  return refusedForGood(`${failed}. Check that it is a folder that this user may write to.`);
}

const BUSY = new Set(["EAGAIN", "EBUSY", "EINTR", "EMFILE", "ENFILE"]);
