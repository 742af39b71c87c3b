import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

// The left column of the table in docs/style.md. Each word has one name of the field in its place.

const root = fileURLToPath(new URL("..", import.meta.url));

interface Exception {
  /** The text of the line, as it is written in the file. */
  readonly line: RegExp;
  readonly reason: string;
}

interface PrivateWord {
  /** Found in a line whose identifiers are split into words: `priorPartial` and `prior_partial` read `prior partial`. */
  readonly pattern: RegExp;
  readonly instead: string;
  /** Only in these files; everywhere where absent. */
  readonly files?: RegExp;
  readonly except?: readonly Exception[];
}

const words: readonly PrivateWord[] = [
  { pattern: /\bdoors?\b/, instead: "dependencies, or the name of the interface" },
  { pattern: /\bworlds?\b/, instead: "runtime, context" },
  {
    pattern: /\b(interface|type|class) [a-z ]*\bhost\b/,
    instead: "Clock, Random, Deadline",
  },
  { pattern: /\bpatience\b|\bpatiently\b/, instead: "retry policy" },
  { pattern: /\bsetbacks?\b/, instead: "failure class" },
  { pattern: /\berrands?\b/, instead: "request context" },
  { pattern: /\binquir(y|ies)\b/, instead: "query" },
  { pattern: /\b(interface|type|class) [a-z ]*\b(ask|question|inquiry)\b/, instead: "query" },
  {
    pattern: /\bplacements?\b/,
    instead: "allocation",
    except: [
      {
        line: /placement\.0\.tenancy|placement: \[\{ tenancy|placement_tenancy|placement_group/,
        reason: "names of Terraform's AWS provider",
      },
    ],
  },
  {
    pattern: /\bprior partials?\b/,
    instead: "prior period to date",
    except: [
      { line: /prior_partial/, reason: "a field of summary.json and of its residuals: published" },
      { line: /usage types prior partial/, reason: "the published name of a residual's view, in an error" },
    ],
  },
  {
    pattern: /\blike for like\b/,
    instead: "prior period to date",
    except: [
      { line: /-like-for-like/, reason: "cost-by-usage-type-like-for-like.parquet is a published key" },
    ],
  },
  { pattern: /\bheld\b/, instead: "quarantined; or kept, stored, compared" },
  { pattern: /\bmend(s|ed|ing)?\b/, instead: "repair, correct" },
  {
    pattern: /\bshow(s|n|ed)?\b/,
    instead: "promote",
    files: /^packages\/pipeline\/src\/publish\//,
  },
  {
    pattern: /\brestated?\b/,
    instead: "revised",
    except: [
      {
        line: /\brestated\b["`:?.,);]|\.restated\b|\brestated\b\s*[=}]/,
        reason: "a field of index.json: published",
      },
      { line: /"restate|[`'"\s]restate[:=@]/, reason: "the emulator's fault of that name" },
    ],
  },
  {
    pattern: /\bcourses?\b/,
    instead: "trend, history",
    except: [{ line: /\bof course\b/i, reason: "an English phrase" }],
  },
  { pattern: /\bstruck\b/, instead: "active fault" },
  {
    pattern: /\bsheets?\b/,
    instead: "result",
    except: [{ line: /style ?sheet|cascading|spread ?sheet/i, reason: "CSS and spreadsheets" }],
  },
  { pattern: /\bdesks?\b/, instead: "context" },
  {
    pattern: /\bfaces?\b/,
    instead: "proxy",
    except: [
      { line: /font-?face/i, reason: "CSS" },
      { line: /FaceVectorsStored/, reason: "a usage type of Amazon Rekognition" },
    ],
  },
  { pattern: /\bsyms?\b/, instead: "expression" },
  { pattern: /\brecordings?\b/, instead: "synthesis" },
  { pattern: /\bbatter(y|ies)\b/, instead: "attack cases" },
  { pattern: /\bhouses?\b/, instead: "system, fixture" },
  { pattern: /\brooms?\b/, instead: "module, package, space" },
  {
    pattern: /\bfloors?\b/,
    instead: "layer, minimum",
    except: [{ line: /Math\.floor|\bfloor\(/, reason: "a function of JavaScript and of Terraform" }],
  },
  { pattern: /\bhangs? slack\b/, instead: "has no effect" },
  { pattern: /\b(is|are|was|were|be|not) let run\b/, instead: "is throttled" },
  { pattern: /\b(figures|data) of before\b/, instead: "the previous data remains" },
  { pattern: /\bdice\b/, instead: "uses no randomness" },
  { pattern: /\bletterbox(es)?\b/, instead: "contract" },
  { pattern: /\bhow manieth\b/, instead: "number, index" },
  { pattern: /\bordeals?\b/, instead: "fault scenario" },
  { pattern: /\bwalks? back\b|\bnobody walks\b/, instead: "name the subject" },
];

const skippedFolders = new Set([
  "node_modules",
  "dist",
  "golden",
  "artifacts",
  "schema",
  "images",
  ".git",
  ".sst",
  ".cache",
  // Plans as Terraform writes them: tests/plans/json.
  "json",
]);
const skippedFiles = new Set(["LICENSE", "package-lock.json", "style.md", "words.test.ts", "CHANGELOG.md"]);
const readable = /\.(ts|tsx|mts|mjs|js|css|html|md|tf|hcl|sql|json|jsonc|yml|yaml|sh)$/;

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return skippedFolders.has(entry.name) ? [] : filesIn(path);
    return readable.test(entry.name) && !skippedFiles.has(entry.name) ? [path] : [];
  });
}

/** A line in lower case, its identifiers split into words. */
const wordsOf = (line: string) =>
  line
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .replaceAll(/[_-]/g, " ")
    .toLowerCase();

function findings(): readonly string[] {
  return filesIn(root).flatMap((path) => {
    const file = relative(root, path);
    const lines = [file, ...readFileSync(path, "utf8").split("\n")];
    return lines.flatMap((line, at) =>
      words
        .filter(({ pattern, files }) => (files?.test(file) ?? true) && pattern.test(wordsOf(line)))
        .filter(({ except = [] }) => !except.some((exception) => exception.line.test(line)))
        .map(
          ({ pattern, instead }) =>
            `${file}:${at} ${pattern.source}: say ${instead}. ${line.trim().slice(0, 80)}`,
        ),
    );
  });
}

describe("the language of the repository", () => {
  it("uses the field's words, not private ones", () => {
    expect(findings()).toEqual([]);
  });

  it.each([
    ["priorPartial", "prior partial"],
    ["LIKE_FOR_LIKE_FILE", "like for like file"],
    ["a-house.ts", "a house.ts"],
    ["HTTPDoor", "http door"],
  ])("splits %s into words before it compares", (identifier, split) => {
    expect(wordsOf(identifier)).toBe(split);
  });
});
