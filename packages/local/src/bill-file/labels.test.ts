import { describe, expect, it } from "vitest";
import { aCharge } from "./testing/charges.ts";
import { billFolder, csv, type FileRow, gzipped, parquet } from "./testing/files.ts";
import { cur2Row, focusRow, legacyRow } from "./testing/spellings.ts";

const files = billFolder();
const FEBRUARY = { start: "2026-02-01", end: "2026-03-01" };

let number = 0;

async function workloads(path: string, key = "App"): Promise<readonly (string | null)[]> {
  const source = await files.open(path);
  const { rows } = await source.query({
    window: FEBRUARY,
    granularity: "MONTHLY",
    metric: "UnblendedCost",
    groupBy: [{ by: "tag", key }],
  });
  return rows.map(({ keys }) => keys[0] ?? null);
}

const withTags = (...tags: readonly string[]) =>
  files.write(csv(tags.map((Tags) => ({ ...focusRow(aCharge()), Tags }))));

describe("tags in a text", () => {
  it.each([
    '{"App":"web"}',
    ' { "App" : "web" } ',
    '[{"key":"App","value":"web"}]',
    '[{"Key":"Env","Value":"prod"},{"Key":"App","Value":"web"}]',
    '[{"App":"web"}]',
    "{App=web}",
    "{Env=prod, App=web}",
    "App=web;Env=prod",
    "App = web; Env = prod;",
  ])("are read as %s", async (text) => {
    expect(await workloads(await withTags(text))).toEqual(["web"]);
  });

  it("are none in a cell without a letter, and in one that says so", async () => {
    const odd = ["[]", "{}", "null", "NULL", "-", " ", "None", "n/a", '{"App":null}', '{"App":""}'];
    const path = await withTags(...odd, '{"App":"web"}');
    expect(await workloads(path)).toEqual([null, "web"]);
  });

  it("are refused where they can be read in several ways, with the row and an example", async () => {
    await expect(files.open(await withTags('{"App":"web"}', "App=web,Env=prod"))).rejects.toThrow(
      'line 3, column "Tags": "App=web,Env=prod" is not a map of names to values, like {"App": "web"}. Correct the file, or download it again.',
    );
  });
});

describe("tags of a Parquet file", () => {
  it.each([
    ["a list of pairs", "[{'key': 'user_app', 'value': 'web'}]"],
    ["a list of pairs with capitals", "[{'Key': 'user_app', 'Value': 'web'}]"],
    ["a struct", "{'user_app': 'web', 'user_env': NULL::VARCHAR}"],
    ["a map", "MAP {'user_app': 'web'}"],
    ["a map of other values", "MAP {'user_app': 'web'::BLOB}"],
    ["text", `'{"user_app": "web"}'`],
  ])("are read as %s", async (_, sql) => {
    const { resource_tags: __, ...row } = cur2Row(aCharge());
    const path = await parquet(
      await files.write(csv([row])),
      await files.path(`tags-${++number}.parquet`),
      {},
      {
        extra: { resource_tags: sql },
      },
    );
    expect(await workloads(path)).toEqual(["web"]);
  });
});

describe("two columns of tags", () => {
  const { resource_tags: _, ...bare } = cur2Row(aCharge());
  const cases: readonly (readonly [string, FileRow, string | null])[] = [
    [
      "a key of the first alone",
      { resource_tags: '{"user_app":"web"}', tags: '{"accountTag/Team":"x"}' },
      "web",
    ],
    [
      "a key of the second alone",
      { resource_tags: '{"user_other":"x"}', tags: '{"resourceTags/user:App":"web"}' },
      "web",
    ],
    [
      "the tag of the resource before that of the account",
      {
        resource_tags: '{"user_other":"x"}',
        tags: '{"accountTag/App":"acct","resourceTags/user:App":"web"}',
      },
      "web",
    ],
    ["the tag of the account where the resource has none", { tags: '{"accountTag/App":"acct"}' }, "acct"],
    ["neither", { resource_tags: "{}", tags: "" }, null],
  ];

  it.each(cases)("have %s, as text and as maps", async (_name, tags, workload) => {
    const path = await files.write(csv([{ ...bare, ...tags }]));
    expect(await workloads(path)).toEqual([workload]);
    const maps = Object.fromEntries(
      Object.keys(tags).map((column) => [
        column,
        "CAST(CAST(nullif(column, '') AS JSON) AS MAP(VARCHAR, VARCHAR))",
      ]),
    );
    expect(await workloads(await parquet(path, await files.path(`maps-${++number}.parquet`), maps))).toEqual([
      workload,
    ]);
  });

  it("list the keys of both", async () => {
    const tags = {
      resource_tags: '{"user_other":"x"}',
      tags: '{"resourceTags/user:App":"web","accountTag/Team":"y"}',
    };
    const source = await files.open(await files.write(csv([{ ...bare, ...tags }])));
    expect(await source.tagKeys(FEBRUARY)).toEqual(["App", "accountTag/Team", "other"]);
    expect(await workloads(await files.write(csv([{ ...bare, ...tags }])), "accountTag/Team")).toEqual(["y"]);
  });
});

describe("a CSV with another separator", () => {
  it.each([";", "\t", "|"])("is read: %j", async (separator) => {
    const charge = aCharge({ tags: new Map([["App", "web"]]) });
    const text = csv([legacyRow(charge)]).replaceAll(",", separator);
    expect(await workloads(await files.write(text))).toEqual(["web"]);
    expect(await workloads(await files.write(gzipped(text), `separated-${++number}.csv.gz`))).toEqual([
      "web",
    ]);
  });

  it("has its positions counted by it", async () => {
    const rows = [legacyRow(aCharge()), { ...legacyRow(aCharge()), "lineItem/UnblendedCost": "1,5" }];
    const text = csv(rows).replaceAll(",", ";").replace('"1;5"', "1,5");
    await expect(files.open(await files.write(text))).rejects.toThrow(
      'line 3, column "lineItem/UnblendedCost": "1,5" is not an amount.',
    );
  });

  it("may lie beside one with commas", async () => {
    const folder = await files.path("separators");
    const text = csv([legacyRow(aCharge())]);
    await files.writeTo(text, `${folder}/a.csv`);
    await files.writeTo(text.replaceAll(",", ";").replaceAll("t3.micro", "t3.small"), `${folder}/b.csv`);
    const source = await files.open(folder);
    expect(source.rows).toBe(2);
  });

  it("is refused with a spreadsheet's line about separators, which is no header", async () => {
    await expect(files.open(await files.write(`sep=;\n${csv([legacyRow(aCharge())])}`))).rejects.toThrow(
      /line 1: "sep=" is a note for spreadsheets, and no header\. Remove the line/,
    );
  });
});
