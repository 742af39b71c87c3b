import { mkdir } from "node:fs/promises";
import { CostSourceError } from "@dapanoskop/core/source";
import { describe, expect, it } from "vitest";
import { curName } from "./column-names.ts";
import { aCharge } from "./testing/charges.ts";
import { billFolder, csv, type FileRow, gzipped, parquet } from "./testing/files.ts";
import { athenaRow, focusRow, legacyRow } from "./testing/spellings.ts";

const files = billFolder();

const good = legacyRow(aCharge());
const withCost = (cost: string): FileRow => ({ ...good, "lineItem/UnblendedCost": cost });

/** The sentence that a file is refused with. */
async function refusal(path: string, failure = "validation"): Promise<string> {
  const error = await files.open(path).then(
    () => null,
    (cause: unknown) => cause,
  );
  expect(error).toBeInstanceOf(CostSourceError);
  expect(error).toMatchObject({ failure });
  return error instanceof CostSourceError ? error.message : "";
}

const refusalOf = async (content: string | Uint8Array, name?: string) =>
  refusal(await files.write(content, name));

describe("a file that is no valid bill", () => {
  it.each(["abc", "1_000"])("names file, line and column where a cost is %j", async (cost) => {
    const path = await files.write(csv([good, good, withCost(cost), good]));
    expect(await refusal(path)).toBe(
      `${path}, line 4, column "lineItem/UnblendedCost": ${JSON.stringify(cost)} is not an amount. Correct the file, or download it again.`,
    );
  });

  it("keeps the engine's own error as the cause", async () => {
    const error = await files
      .open(await files.write(csv([good, withCost("abc")])))
      .catch((cause: unknown) => cause);
    expect(error).toMatchObject({ cause: expect.any(Error) });
    expect(await files.open("/nowhere/bill.csv").catch((cause: unknown) => cause)).toMatchObject({
      cause: { code: "ENOENT" },
    });
  });

  it("counts lines, not rows, where names contain line breaks", async () => {
    const broken = { ...good, "resourceTags/user:App": "two\nlines" };
    const rows = [broken, broken, { ...withCost("?"), "resourceTags/user:App": "" }];
    expect(await refusalOf(csv(rows))).toMatch(
      /, line 6, column "lineItem\/UnblendedCost": "\?" is not an amount/,
    );
    expect(await refusalOf(csv(rows).replaceAll("\n", "\r\n"))).toMatch(/, line 6, column/);
  });

  it("names the line in a gzip file, and the file of a folder", async () => {
    await mkdir(await files.path("months"));
    await files.write(csv([good]), "months/a.csv");
    const bad = await files.write(csv([good, withCost("?")]), "months/b.csv");
    expect(await refusal(await files.path("months"))).toContain(
      `${bad}, line 3, column "lineItem/UnblendedCost"`,
    );
    expect(await refusalOf(gzipped(csv([good, withCost("?")])), "bad.csv.gz")).toMatch(
      /bad\.csv\.gz, line 3, column/,
    );
  });

  it("names the row of a Parquet file", async () => {
    const from = await files.write(
      csv([athenaRow(aCharge()), { ...athenaRow(aCharge()), line_item_unblended_cost: "?" }]),
    );
    const path = await parquet(from, await files.path("bad.parquet"));
    expect(await refusal(path)).toMatch(
      /bad\.parquet, row 2, column "line_item_unblended_cost": "\?" is not an amount/,
    );
  });

  it("says that a value is missing, and not what would stand for it", async () => {
    const row = athenaRow(aCharge());
    const from = await files.write(csv([row, { ...row, line_item_unblended_cost: "" }]));
    const missing = /column "line_item_unblended_cost": the value is missing, it must be an amount/;
    expect(await refusal(from)).toMatch(missing);
    expect(await refusal(await parquet(from, await files.path("null.parquet")))).toMatch(missing);
    const empty = await parquet(from, await files.path("empty.parquet"), {
      line_item_unblended_cost: "coalesce(line_item_unblended_cost, '')",
    });
    expect(await refusal(empty)).toMatch(missing);
  });

  it("names the position where a cost, or a day, is missing", async () => {
    expect(await refusalOf(csv([good, withCost("")]))).toMatch(
      /line 3, column "lineItem\/UnblendedCost": the value is missing, it must be an amount/,
    );
    const undated = { ...good, "lineItem/UsageStartDate": "", "bill/BillingPeriodStartDate": "" };
    expect(await refusalOf(csv([undated, good]))).toMatch(
      /line 2, column "lineItem\/UsageStartDate": the value is missing, it must be a time/,
    );
  });

  it.each(["yesterday", "infinity", "0001-01-01T00:00:00Z"])(
    "names the position where a day is %j",
    async (day) => {
      expect(await refusalOf(csv([good, { ...good, "lineItem/UsageStartDate": day }]))).toContain(
        `line 3, column "lineItem/UsageStartDate": ${JSON.stringify(day)} is not a time`,
      );
    },
  );

  it("names the position where a quantity, another cost, or a map of tags cannot be read", async () => {
    expect(await refusalOf(csv([{ ...good, "lineItem/UsageAmount": "much" }]))).toContain(
      '"lineItem/UsageAmount": "much"',
    );
    expect(await refusalOf(csv([{ ...good, "lineItem/BlendedCost": "x" }]))).toContain(
      '"lineItem/BlendedCost": "x"',
    );
    for (const tags of [
      "nope",
      "[1]",
      '{"a":',
      "{App=a=b}",
      "App=web,Env=prod",
      '[{"value":"web"}]',
      '[{"key":"A"},{"key":"A"}]',
    ]) {
      expect(await refusalOf(csv([{ ...focusRow(aCharge()), Tags: tags }]))).toMatch(
        /line 2, column "Tags": .* a map of names/,
      );
    }
  });

  it("names every column that is missing", async () => {
    const { "lineItem/UnblendedCost": _, "lineItem/CurrencyCode": __, ...row } = good;
    expect(await refusalOf(csv([row]))).toMatch(
      /lacks the columns lineItem\/UnblendedCost and lineItem\/CurrencyCode\. Export the bill with them\./,
    );
    const athena = Object.fromEntries(Object.entries(row).map(([name, value]) => [curName(name), value]));
    expect(await refusalOf(csv([athena]))).toMatch(
      /lacks the columns line_item_unblended_cost and line_item_currency_code\./,
    );
    const { ServiceName: ___, ...focus } = focusRow(aCharge());
    expect(await refusalOf(csv([focus]))).toMatch(/lacks the column ServiceName\. Export the bill with it\./);
  });

  it("is FOCUS by its cost, or by its period and category together", async () => {
    const only = (...names: readonly string[]) =>
      refusalOf(
        csv([
          Object.fromEntries(Object.entries(focusRow(aCharge())).filter(([name]) => names.includes(name))),
        ]),
      );
    expect(await only("BilledCost", "ResourceId")).toMatch(/lacks the columns ChargePeriodStart, /);
    expect(await only("ChargePeriodStart", "ChargeCategory", "ResourceId")).toMatch(
      /lacks the columns BilledCost, /,
    );
    expect(await only("ChargePeriodStart", "ResourceId")).toMatch(/are not those of a bill/);
    expect(await only("ChargeCategory", "ResourceId")).toMatch(/are not those of a bill/);
  });

  it("names the columns when they are not those of a bill", async () => {
    expect(await refusalOf("id,name,price,date\n1,2,3,4\n")).toMatch(
      /line 1: the columns \("id", "name", "price", …\) are not those of a bill\. Use a FOCUS bill/,
    );
    expect(await refusalOf("2026-02-03,AmazonS3,1.5\n")).toMatch(/are not those of a bill/);
  });

  it("reports a column whose type has no amounts", async () => {
    const from = await files.write(csv([{ ...athenaRow(aCharge()), line_item_unblended_cost: "true" }]));
    const path = await parquet(from, await files.path("typed.parquet"), {
      line_item_unblended_cost: "CAST(column AS BOOLEAN)",
    });
    expect(await refusal(path)).toMatch(
      /column "line_item_unblended_cost" is of type BOOLEAN, and must be an amount/,
    );
  });

  it("names the line that is cut off", async () => {
    const text = csv([good, good]);
    expect(await refusalOf(text.slice(0, -40))).toMatch(
      /line 3: the line has \d+ columns where the header names \d+/,
    );
    expect(await refusalOf(`${text}one,two\n`)).toMatch(/line 4: the line has 2 columns/);
    expect(await refusalOf(text.replace(/\n$/, ",extra\n"))).toMatch(/line 3: the line has \d+ columns/);
  });

  it("names the line where a quote begins and does not end", async () => {
    expect(await refusalOf(`${csv([good])}${csv([{ ...good, x: '"' }]).split("\n")[1]}"open`)).toMatch(
      /line 3: /,
    );
  });

  it("refuses text that is not UTF-8", async () => {
    const latin = Buffer.from(csv([{ ...good, "resourceTags/user:App": "Müller" }]), "latin1");
    expect(await refusalOf(latin)).toMatch(/line 2: the text is not UTF-8/);
    expect(await refusalOf(Buffer.from(`\ufeff${csv([good])}`, "utf16le"))).toMatch(/is UTF-16 text/);
  });

  it("refuses a gzip file that is cut off, also where it is cut between two lines", async () => {
    const rows = Array.from({ length: 3000 }, (_, at) => withCost(`0.${at}`));
    const packed = gzipped(csv(rows));
    for (const part of [0.5, 0.999]) {
      expect(await refusalOf(packed.subarray(0, Math.floor(packed.length * part)), "cut.csv.gz")).toMatch(
        /cut\.csv\.gz (is cut off or damaged|does not unpack).*Download it again\./,
      );
    }
    const damaged = Buffer.from(packed);
    damaged.fill(0x55, 4000, 4020);
    expect(await refusalOf(damaged, "damaged.csv.gz")).toMatch(/is cut off or damaged/);
  });

  it("refuses a Parquet file that is cut off", async () => {
    expect(await refusalOf("PAR1 and then nothing", "cut.parquet")).toMatch(
      /cut\.parquet is no whole Parquet file/,
    );
  });

  it.each([
    ["nothing", "", /is empty\. Download it again\./],
    ["a page", "<!DOCTYPE html><html><body>Sign in</body></html>", /is a page of HTML or XML/],
    [
      "an error of S3",
      '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>',
      /is a page of HTML or XML/,
    ],
    ["JSON", '{"BilledCost": 1}', /is JSON, not a bill/],
    ["a zip", "PK\u0003\u0004rest", /is a zip archive: unpack it/],
    ["a picture", Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"), /contains binary data/],
    ["a header alone", csv([good]).split("\n")[0] ?? "", /has columns and no charge/],
    ["a header that never ends", `"lineItem/UnblendedCost`, /the header does not end/],
  ])("refuses %s", async (_, content, sentence) => {
    expect(await refusalOf(content)).toMatch(sentence);
  });

  it("reports a missing file, and a folder without bills", async () => {
    expect(await refusal(await files.path("nowhere.csv"))).toMatch(
      /^There is no file or folder .*nowhere\.csv\.$/,
    );
    await mkdir(await files.path("bare"));
    await files.write("# notes", "bare/notes.md");
    expect(await refusal(await files.path("bare"))).toMatch(/^There is no bill in .*bare: /);
  });

  it("refuses several currencies, with the number of charges in each", async () => {
    const euros = { ...good, "lineItem/CurrencyCode": "EUR" };
    expect(await refusal(await files.write(csv([good, euros, good])), "currency")).toMatch(
      /contains 2 charges in "USD" and 1 charge in "EUR"\. One deployment shows one currency/,
    );
  });

  it("refuses charges without a currency", async () => {
    expect(
      await refusal(await files.write(csv([{ ...good, "lineItem/CurrencyCode": "" }])), "currency"),
    ).toMatch(/1 charge in none/);
  });
});

describe("a folder that contains charges twice", () => {
  it("refuses bills of two formats", async () => {
    await mkdir(await files.path("mixed"));
    await files.write(csv([good]), "mixed/cur.csv");
    await files.write(csv([focusRow(aCharge())]), "mixed/focus.csv");
    expect(await refusal(await files.path("mixed"))).toMatch(/contains bills of 2 formats \(CUR and FOCUS\)/);
  });

  it("refuses two deliveries of one month", async () => {
    const month = "kept/20260201-20260301";
    for (const id of ["0b9b9b9e-1111-4222-8333-444455556666", "1c9b9b9e-1111-4222-8333-444455556666"]) {
      await mkdir(await files.path(`${month}/${id}`), { recursive: true });
      await files.write(csv([good]), `${month}/${id}/report-00001.csv`);
    }
    expect(await refusal(await files.path("kept"))).toMatch(/look like two deliveries of one report/);
  });

  it("accepts one delivery for each month", async () => {
    for (const [month, day] of [
      ["20260101-20260201", "2026-01-03"],
      ["20260201-20260301", "2026-02-03"],
    ] as const) {
      const folder = `monthly/${month}/0b9b9b9e-1111-4222-8333-444455556666`;
      await mkdir(await files.path(folder), { recursive: true });
      await files.write(csv([legacyRow(aCharge({ day }))]), `${folder}/report-00001.csv`);
    }
    expect((await files.open(await files.path("monthly"))).rows).toBe(2);
  });

  it("refuses one file packed and unpacked", async () => {
    await mkdir(await files.path("both"));
    await files.write(csv([good]), "both/bill.csv");
    await files.write(gzipped(csv([good])), "both/bill.csv.gz");
    expect(await refusal(await files.path("both"))).toMatch(/look like the same bill in two encodings/);
  });
});
