import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Mailer } from "@dapanoskop/core/sending";
import {
  aMail,
  aRenderedMessage,
  mailerContract,
  type OpenSender,
  someTags,
} from "@dapanoskop/core/sending/testing";
import { testClock } from "@dapanoskop/core/testing";
import PostalMime from "postal-mime";
import { afterAll, describe, expect, it } from "vitest";
import { type FileSystem, systemFiles } from "../files/files.ts";
import { emlMailer } from "./eml-mailer.ts";

const folders: string[] = [];

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "dapanoskop-mail-"));
  folders.push(folder);
  return join(folder, "mail");
}

afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

/** A file system whose files cannot be created, with the code of the system's error. */
const failing = (code: string, onOpen: () => void = () => {}): FileSystem => ({
  ...systemFiles,
  open: async (path, flags) => {
    if (flags === "wx") {
      onOpen();
      throw Object.assign(new Error(`${code}: no`), { code });
    }
    return systemFiles.open(path, flags);
  },
});

const clock = testClock("2026-01-15T08:00:00Z");

async function opened(code: string | null): Promise<OpenSender<Mailer>> {
  const folder = await aFolder();
  let attempts = 0;
  const fs = code === null ? systemFiles : failing(code, () => (attempts += 1));
  const files = await import("node:fs");
  const arrived = () => (files.existsSync(folder) ? files.readdirSync(folder).length : 0);
  return {
    sender: emlMailer(folder, clock, fs),
    arrived: () => (code === null ? arrived() : attempts),
    close: async () => {},
  };
}

// Writing a file has no answer that could be lost, and a folder that is missing is created.
mailerContract(
  { describe, it, expect },
  {
    name: "a folder of .eml files",
    secrets: [],
    open: {
      accepts: () => opened(null),
      "is busy": () => opened("EMFILE"),
      refuses: () => opened("ENOSPC"),
    },
  },
);

describe("a mail in a folder", () => {
  it("is one file, named by its tags, that reads as the mail that it is", async () => {
    const folder = await aFolder();
    const outcome = await emlMailer(folder, clock).send(aMail());
    expect(await readdir(folder)).toEqual(["daily-2026-01-14-everyone-1.eml"]);
    const bytes = await readFile(join(folder, "daily-2026-01-14-everyone-1.eml"));
    const parsed = await PostalMime.parse(bytes);
    const { subject, text, html } = aRenderedMessage();
    expect(parsed).toMatchObject({
      subject,
      date: "2026-01-15T08:00:00.000Z",
      from: { address: "costs@example.com" },
      attachments: [],
    });
    expect(parsed.text?.replaceAll("\r\n", "\n").trimEnd()).toBe(text.trimEnd());
    expect(parsed.html?.trimEnd()).toBe(html);
    expect(parsed.to?.map(({ address }) => address)).toEqual(aMail().to);
    expect(outcome).toEqual({ outcome: "accepted", messageId: parsed.messageId });
  });

  it("is ASCII in lines of at most 998 characters that end in CR and LF, its subject in encoded words", async () => {
    const folder = await aFolder();
    await emlMailer(folder, clock).send(aMail());
    const [file = ""] = await readdir(folder);
    const text = await readFile(join(folder, file), "latin1");
    expect(text).toMatch(/^[\t\r\n -~]*$/);
    expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    expect(text.split("\r\n").every((line) => line.length <= 998)).toBe(true);
    expect(text).toMatch(/^Subject: .*=\?UTF-8\?[QB]\?/m);
  });

  it("never replaces another one of the same tags", async () => {
    const folder = await aFolder();
    const mailer = emlMailer(folder, clock);
    await Promise.all([mailer.send(aMail()), mailer.send(aMail()), mailer.send(aMail())]);
    expect((await readdir(folder)).sort()).toEqual([
      "daily-2026-01-14-everyone-1.eml",
      "daily-2026-01-14-everyone-1_2.eml",
      "daily-2026-01-14-everyone-1_3.eml",
    ]);
  });

  it("leaves no half of a file, and no temporary one, when the disk is full", async () => {
    const folder = await aFolder();
    const outcome = await emlMailer(folder, clock, failing("ENOSPC")).send(aMail());
    expect(outcome).toMatchObject({
      isRetryable: false,
      reason: expect.stringMatching(/disk is full\. Free some space\.$/),
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it("is refused where a file has the folder's name, and where the tags make no file name", async () => {
    const folder = await aFolder();
    await writeFile(folder, "");
    const outcome = await emlMailer(folder, clock).send(aMail());
    expect(outcome).toMatchObject({ outcome: "refused", isRetryable: false });
    expect(JSON.stringify(outcome)).toMatch(/Check that it is a folder/);
    const tags = { ...someTags, audience: "x".repeat(200) };
    expect(await emlMailer(await aFolder(), clock).send(aMail({ tags }))).toMatchObject({
      outcome: "refused",
      isRetryable: false,
    });
  });
});
