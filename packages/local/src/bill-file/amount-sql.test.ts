import { parseMoney } from "@dapanoskop/core/money";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { amountOf } from "./amount-sql.ts";
import { type Engine, openEngine } from "./engine.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine({ threads: 1 });
});
afterAll(() => engine.close());

/** What the engine reads each text as, in units of 10^-12; `null`: nothing. */
async function read(texts: readonly string[], type = "VARCHAR"): Promise<readonly (bigint | null)[]> {
  const values = texts.map((_, at) => `(${at}, CAST(? AS ${type}))`).join(", ");
  const result = await engine.connection.runAndReadAll(
    `SELECT CAST(${amountOf("t", type)} AS VARCHAR) FROM (VALUES ${values}) AS v(n, t) ORDER BY n`,
    [...texts],
  );
  return result.getRowsJson().map(([text]) => (text === null ? null : parseMoney(String(text), "USD").units));
}

const units = (text: string) => parseMoney(text, "USD").units;

describe("an amount that a file writes", () => {
  it("is rounded half to even, once, beyond 12 decimals", async () => {
    expect(
      await read([
        "0.0000000000005",
        "0.0000000000015",
        "-0.0000000000025",
        "0.00000000000050000000000000000000000000000001",
        "0.00000000000049999999999999999999999999999999",
        "0.9999999999995",
        "999999.9999999999995",
        "99999999999999.9999999999999",
        "2.5E-12",
        "3.5e-12",
      ]),
    ).toEqual([0n, 2n, -2n, 1n, 0n, 1_000_000_000_000n, 1_000_000n * 10n ** 12n, 10n ** 26n, 2n, 4n]);
  });

  it("has the value that core reads, in every spelling", async () => {
    const digits = (max: number) => fc.string({ unit: fc.constantFrom(..."0123456789"), maxLength: max });
    const decimal = fc
      .tuple(
        fc.constantFrom("", "-", "+"),
        digits(14),
        fc.oneof(digits(12), digits(30), fc.constant("0000000000005"), fc.constant("1234567890125000")),
        fc.oneof(
          fc.constant(""),
          fc
            .tuple(fc.constantFrom("e", "E"), fc.integer({ min: -30, max: 8 }))
            .map(([letter, power]) => `${letter}${power}`),
        ),
      )
      .filter(([, whole, fraction]) => whole !== "" || fraction !== "")
      .map(
        ([sign, whole, fraction, power]) => `${sign}${whole}${fraction === "" ? "" : `.${fraction}`}${power}`,
      );
    await fc.assert(
      fc.asyncProperty(fc.array(decimal, { minLength: 50, maxLength: 200 }), async (texts) => {
        expect(await read(texts)).toEqual(texts.map(units));
      }),
      { numRuns: 15 },
    );
  });

  it("is the shortest decimal that reads as its double", async () => {
    const double = fc.oneof(
      fc.double({ min: -1e9, max: 1e9, noNaN: true }),
      fc.double({ min: -1, max: 1, noNaN: true }),
      fc.integer({ min: -(10 ** 12), max: 10 ** 12 }).map((size) => size / 10 ** 10),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(double, { minLength: 50, maxLength: 200 }), async (doubles) => {
        const texts = doubles.map(String);
        expect(await read(texts, "DOUBLE")).toEqual(texts.map(units));
      }),
      { numRuns: 15 },
    );
  });

  it("is NULL where the field is empty", async () => {
    expect(await read(["", "0"])).toEqual([null, 0n]);
  });

  it.each([
    "abc",
    "1_000",
    "1,5",
    "NaN",
    "Infinity",
    "0x10",
    "1.2.3",
    "12 USD",
    "1e400",
    "-",
    "e5",
    "0.00000000000000x",
    "--1",
    "1e99",
    "1E-5E-3",
    "1E-1.5",
    "1.5E- 3",
    "E-3",
  ])("is not %j", async (text) => {
    await expect(read([text])).rejects.toThrow(/Conversion Error/);
  });
});
