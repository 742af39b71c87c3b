import { execFileSync } from "node:child_process";
import {
  appendFile,
  copyFile,
  link,
  mkdir,
  readFile,
  rename,
  rm,
  symlink,
  truncate,
  utimes,
  writeFile,
} from "node:fs/promises";
import { createServer } from "node:net";
import process from "node:process";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { openBillFile } from "./bill-file-source.ts";
import { changeSince } from "./bill-place.ts";
import { localBill } from "./find-bill-files.ts";
import { aCharge } from "./testing/charges.ts";
import { billFolder, csv, type FileRow, gzipped, parquet } from "./testing/files.ts";
import { athenaRow, legacyRow } from "./testing/spellings.ts";

const files = billFolder();

/** Bills that differ in their number of charges. */
const rows = (count: number, row: FileRow = legacyRow(aCharge())) =>
  csv(Array.from({ length: count }, () => row));

async function refusalOf(path: string): Promise<string> {
  return files.open(path).then(
    (source) => `opened with ${source.rows} charges`,
    (cause: unknown) => (cause instanceof Error ? cause.message : String(cause)),
  );
}

const CHARACTERS = [
  ...[
    "*",
    "**",
    "?",
    "[",
    "]",
    "[a]",
    "[!a]",
    "[^a]",
    "{a,b}",
    "\\",
    "\\*",
    "\\[",
    "*\\?",
    "'",
    '"',
    "`",
    "%",
    "%2A",
    "\n",
    "\t",
  ],
  ...[
    " ",
    "~",
    "~root",
    "file:",
    "file://x",
    "s3:",
    "$HOME",
    "#",
    ";",
    ":",
    ",",
    "=",
    "a=b",
    "&",
    "|",
    "é",
    "e\u0301",
    "🧾",
    "\u202e",
    "\u0001",
    "-x",
    "--",
  ],
];
const nameable = CHARACTERS.filter((text) => !text.includes("/"));

describe("the path of a bill", () => {
  it.each(nameable)("may have %j in the names of its folders and files, in every encoding", async (text) => {
    const folder = await files.path(`in ${text} of/${text}`);
    await mkdir(folder, { recursive: true });
    await files.writeTo(rows(2), `${folder}/a${text}.csv`);
    await files.writeTo(gzipped(rows(3)), `${folder}/b${text}.csv.gz`);
    const from = await files.write(rows(4, athenaRow(aCharge())));
    await copyFile(await parquet(from, await files.path("plain.parquet")), `${folder}/c${text}.parquet`);
    expect((await files.open(folder)).rows).toBe(9);
    expect((await files.open(`${folder}/a${text}.csv`)).rows).toBe(2);
  });

  it("reads no other file that a pattern of that name matches", async () => {
    const decoys = [
      "ab.csv",
      "axb.csv",
      "a[*]b.csv",
      "a[[]b.csv",
      "a\\b.csv",
      "a/b.csv",
      "a*/b.csv",
      "a",
      "b.csv",
    ];
    const folder = await files.path("decoys");
    for (const decoy of decoys.filter((name) => name !== "a"))
      await files.writeTo(rows(9), `${folder}/${decoy}`);
    for (const name of [
      "a*b.csv",
      "a?b.csv",
      "a[xyz]b.csv",
      "a[b.csv",
      "**.csv",
      "a\\*b.csv",
      "*\\b.csv",
      "a**b.csv",
    ]) {
      await files.writeTo(rows(1), `${folder}/${name}`);
      expect([name, (await files.open(`${folder}/${name}`)).rows]).toEqual([name, 1]);
      await rm(`${folder}/${name}`);
    }
  });

  it("may have any characters, beside files of similar names", async () => {
    const parts = fc.constantFrom("a", "b", "*", "?", "[", "]", "\\", "{", "}", "!", "^", "-", "~", ".", "'");
    const names = fc
      .uniqueArray(
        fc.array(parts, { minLength: 1, maxLength: 5 }).map((some) => some.join("")),
        { minLength: 2, maxLength: 6 },
      )
      .map((some) => some.filter((name) => !/^\.+$/.test(name)));
    let folders = 0;
    await fc.assert(
      fc.asyncProperty(names, async (some) => {
        const folder = await files.path(`twins-${++folders}`);
        for (const [at, name] of some.entries()) await files.writeTo(rows(at + 1), `${folder}/${name}`);
        for (const [at, name] of some.entries()) {
          expect([name, (await files.open(`${folder}/${name}`)).rows]).toEqual([name, at + 1]);
        }
      }),
      { numRuns: 15 },
    );
  }, 60_000);

  it("is the same file for inspection and for loading when it is relative: ~/, file:, *", async () => {
    const home = await files.path("home");
    const folder = await files.path("relative");
    await files.writeTo(rows(9), `${home}/bill.csv`);
    await files.writeTo(rows(9), `${folder}/bill.csv`);
    vi.stubEnv("HOME", home);
    const here = process.cwd();
    process.chdir(folder);
    try {
      for (const path of [
        "~/bill.csv",
        "file:bill.csv",
        "file:/bill.csv",
        "b*.csv",
        "s3:/x/bill.csv",
        "./~/bill.csv",
      ]) {
        await files.writeTo(rows(1), `${folder}/${path}`);
        expect([path, (await files.open(path)).rows]).toEqual([path, 1]);
      }
      expect(await refusalOf("~/other.csv")).toBe("There is no file or folder ~/other.csv.");
    } finally {
      process.chdir(here);
      vi.unstubAllEnvs();
    }
  });

  it("may be read with a temporary folder of any name", async () => {
    const bill = await files.path("any [temp] \\ *.csv");
    await files.writeTo(rows(2), bill);
    for (const name of ["tmp [a] *", "tmp'quote\"", "~", "file:x"]) {
      const folder = await files.path(name);
      await mkdir(folder, { recursive: true });
      vi.stubEnv("TMPDIR", folder);
      const source = await openBillFile(bill, { threads: 1 });
      expect(source.rows).toBe(2);
      await source.close();
      vi.unstubAllEnvs();
    }
    const both = await files.path("tmp \\ *");
    await mkdir(both);
    vi.stubEnv("TMPDIR", both);
    expect(await refusalOf(bill)).toMatch(/Set TMPDIR to a folder without them/);
    vi.unstubAllEnvs();
  });

  it("names the file in an error, whatever its name", async () => {
    const folder = await files.path("names");
    const bad = `${rows(1)}one,two\n`;
    for (const name of ["a*.csv", "two\nlines.csv", "b\\*.csv", "it's.csv"]) {
      await files.writeTo(rows(1), `${folder}/${name}/0.csv`);
      await files.writeTo(bad, `${folder}/${name}/${name}`);
      const sentence = await refusalOf(`${folder}/${name}`);
      expect(sentence.startsWith(`${folder}/${name}/${name}, line 3: the line has 2 columns`)).toBe(true);
    }
  });
});

describe("a path that is no regular file", () => {
  it.skipIf(process.platform === "win32")("is refused at once: a named pipe, also in a folder", async () => {
    const folder = await files.path("pipes");
    await files.writeTo(rows(1), `${folder}/a.csv`);
    execFileSync("mkfifo", [`${folder}/b.csv`]);
    const sentence = /pipes\/b\.csv is a named pipe\. .*it must be a regular file/;
    expect(await refusalOf(`${folder}/b.csv`)).toMatch(sentence);
    expect(await refusalOf(folder)).toMatch(sentence);
    await symlink(`${folder}/b.csv`, await files.path("to-pipe.csv"));
    expect(await refusalOf(await files.path("to-pipe.csv"))).toMatch(/to-pipe\.csv is a named pipe/);
  });

  it.skipIf(process.platform === "win32")(
    "is refused at once: a device, a socket, a folder by a link",
    async () => {
      expect(await refusalOf("/dev/null")).toMatch(/\/dev\/null is a device/);
      expect(await refusalOf("/dev/zero")).toMatch(/\/dev\/zero is a device/);
      const path = await files.path("socket.csv");
      const server = createServer().listen(path);
      await new Promise((resolve) => server.once("listening", resolve));
      expect(await refusalOf(path)).toMatch(/socket\.csv is a socket/);
      await new Promise((resolve) => server.close(resolve));
      await mkdir(await files.path("linked"));
      await symlink(await files.path("linked"), await files.path("linked/self.parquet"));
      expect(await refusalOf(await files.path("linked"))).toMatch(
        /self\.parquet is a link to a folder that contains it/,
      );
    },
  );

  it("is refused: a link to nothing, a link to itself", async () => {
    const folder = await files.path("links");
    await mkdir(folder);
    await symlink(`${folder}/nothing`, `${folder}/a.csv`);
    expect(await refusalOf(folder)).toMatch(/There is no file or folder .*links\/a\.csv/);
    await symlink("loop.csv", `${folder}/loop.csv`);
    expect(await refusalOf(`${folder}/loop.csv`)).toMatch(/loop\.csv cannot be read: /);
  });
});

describe("a name that is not UTF-8", () => {
  it.skipIf(process.platform !== "linux")("is refused, also beside the file that it reads as", async () => {
    const folder = await files.path("latin");
    await files.writeTo(rows(1), `${folder}/a.csv`);
    await writeFile(Buffer.from(`${folder}/b\xe9.csv`, "latin1"), rows(1));
    expect(await refusalOf(folder)).toMatch(
      /The name of .*b\ufffd\.csv is not UTF-8\. Rename the file or folder/,
    );
    await files.writeTo(rows(1), `${folder}/b\ufffd.csv`);
    expect(await refusalOf(folder)).toMatch(/would be counted twice/);
  });
});

describe("two names of one file", () => {
  it("are refused: symbolic and hard links count its charges twice", async () => {
    for (const [kind, make] of [
      ["symbolic", symlink],
      ["hard", link],
    ] as const) {
      const folder = await files.path(`twice-${kind}`);
      await files.writeTo(rows(1), `${folder}/a.csv`);
      await make(`${folder}/a.csv`, `${folder}/latest.csv`);
      expect(await refusalOf(folder)).toMatch(/a\.csv and .*latest\.csv are two names of one file/);
      expect((await files.open(`${folder}/latest.csv`)).rows).toBe(1);
    }
  });
});

describe("a bill that changes while it is read", () => {
  const changes: readonly (readonly [string, (path: string) => Promise<unknown>])[] = [
    ["grows", (path) => appendFile(path, "x")],
    ["is cut", (path) => truncate(path, 40)],
    [
      "is replaced by another file of the same size",
      async (path) => {
        await copyFile(path, `${path}.new`);
        await rename(`${path}.new`, path);
      },
    ],
    [
      "is written again in place, its time set back",
      async (path) => {
        const content = await readFile(path);
        await files.writeTo(content, path);
        await utimes(path, new Date(0), new Date(0));
      },
    ],
    ["goes", (path) => rm(path)],
    [
      "becomes a folder",
      async (path) => {
        await rm(path);
        await mkdir(path);
      },
    ],
  ];

  it.each(changes)("is refused: a file %s", async (_, change) => {
    for (const inFolder of [false, true]) {
      const folder = await files.path(`changing-${_}-${inFolder}`);
      const path = `${folder}/bill.csv`;
      await files.writeTo(rows(2), path);
      const given = inFolder ? folder : path;
      const place = localBill(given);
      const found = await place.find();
      expect(await changeSince(place, found)).toBeNull();
      await change(path);
      expect((await changeSince(place, found))?.message).toMatch(
        /changed while the bill was read\. Wait until the bill is written completely, then collect again\./,
      );
    }
  });

  it("is refused: a folder gets a file, a link points elsewhere", async () => {
    const folder = await files.path("growing");
    await files.writeTo(rows(1), `${folder}/a.csv`);
    const place = localBill(folder);
    const found = await place.find();
    await files.writeTo(rows(1), `${folder}/b.csv`);
    expect((await changeSince(place, found))?.message).toMatch(/growing changed while/);
    const path = await files.path("current.csv");
    await symlink(`${folder}/a.csv`, path);
    const linkedPlace = localBill(path);
    const linked = await linkedPlace.find();
    await rm(path);
    await symlink(`${folder}/b.csv`, path);
    expect((await changeSince(linkedPlace, linked))?.message).toMatch(/current\.csv changed while/);
  });

  it("is refused, never counted in part, while another process writes it", async () => {
    const path = await files.path("busy.csv");
    await files.writeTo(rows(20_000), path);
    const more = rows(500).split("\n").slice(1).join("\n");
    let isWriting = true;
    const writing = (async () => {
      while (isWriting) await appendFile(path, more);
    })();
    try {
      expect(await refusalOf(path)).toMatch(/busy\.csv changed while the bill was read/);
    } finally {
      isWriting = false;
      await writing;
    }
    expect((await files.open(path)).rows % 500).toBe(0);
  });

  it("is refused where a file that does not load replaces it", async () => {
    const path = await files.path("swapped.csv.gz");
    const whole = gzipped(rows(30_000));
    await files.writeTo(whole, path);
    let isWriting = true;
    const writing = (async () => {
      for (let turn = 0; isWriting; turn += 1) {
        await files.writeTo(turn % 2 === 0 ? "PAR1" : whole.subarray(0, 5_000), `${path}.new`);
        await rename(`${path}.new`, path);
      }
    })();
    try {
      // A file that is replaced after the last look at it is refused as what it was then.
      for (let refusal = ""; !refusal.includes("swapped.csv.gz changed while the bill was read"); ) {
        refusal = await refusalOf(path);
        expect(refusal).toMatch(
          /changed while the bill was read|is no whole Parquet file|is cut off or damaged/,
        );
      }
    } finally {
      isWriting = false;
      await writing;
    }
  });
});
