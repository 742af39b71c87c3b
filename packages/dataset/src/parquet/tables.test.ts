import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { numberAt, textAt } from "./columns.ts";
import { usageTypeTable, workloadTable } from "./tables.ts";

describe("the rows of a month, as columns", () => {
  it("gives back what was pushed, whatever the names", () => {
    const row = fc.tuple(
      fc.oneof(
        fc.string({ unit: "grapheme" }),
        fc.constantFrom("__proto__", "constructor", "", "\0\0", "\u202eevil"),
      ),
      fc.string(),
      fc.constantFrom("2026-03", "2026-02", "2025-03"),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    );
    fc.assert(
      fc.property(fc.array(row, { maxLength: 60 }), (rows) => {
        const table = workloadTable();
        for (const each of rows) table.push(...each);
        const { data } = table.columns();
        const back = rows.map((_, at) => [
          textAt(data.cost_center, at),
          textAt(data.workload, at),
          textAt(data.period, at),
          numberAt(data.cost_usd, at),
        ]);
        expect(back).toEqual(rows);
      }),
    );
  });

  it("distinguishes an unknown quantity from a quantity of 0 in any row", () => {
    const quantities = Array.from({ length: 3000 }, (_, at) => (at % 7 === 5 || at > 2990 ? null : at % 3));
    const table = usageTypeTable();
    for (const quantity of quantities) table.push("web", "BoxUsage", "Compute", "2026-03", 1, quantity);
    const { usage_quantity: column } = table.columns().data;
    expect(quantities.map((_, at) => numberAt(column, at))).toEqual(quantities);
  });

  it("needs no bitmap where every quantity is known", () => {
    const table = usageTypeTable();
    table.push("web", "BoxUsage", "Compute", "2026-03", 1, 0);
    expect(table.columns().data.usage_quantity.validity).toBeNull();
  });

  it.each([256, 257, 65_536, 65_537])(
    "distinguishes %i workloads, with codes as narrow as possible",
    (count) => {
      const table = workloadTable();
      for (let at = 0; at < count; at += 1) table.push("center", `workload ${at}`, "2026-03", at);
      const { workload, cost_center } = table.columns().data;
      const names = Array.from({ length: count }, (_, at) => textAt(workload, at));
      expect(new Set(names).size).toBe(count);
      expect(names.at(-1)).toBe(`workload ${count - 1}`);
      expect(workload.codes.BYTES_PER_ELEMENT).toBe(count <= 256 ? 1 : count <= 65_536 ? 2 : 4);
      expect(cost_center.values).toEqual(["center"]);
    },
  );

  it("replaces a lone surrogate by U+FFFD, once", () => {
    const table = workloadTable();
    for (const name of ["a\ud800", "a\udfff", "a\ufffd", "a😀"]) table.push("center", name, "2026-03", 1);
    const { workload } = table.columns().data;
    expect(workload.values).toEqual(["a\ufffd", "a😀"]);
    expect([...workload.codes]).toEqual([0, 0, 0, 1]);
  });

  it("does not change what was taken when more rows are pushed", () => {
    const table = usageTypeTable();
    table.push("web", "BoxUsage", "Compute", "2026-03", 1, null);
    const taken = table.columns();
    table.push("api", "Requests", "Other", "2026-03", 2, 5);
    expect(taken.rows).toBe(1);
    expect(taken.data.workload.values).toEqual(["web"]);
    expect(taken.data.cost_usd.numbers).toEqual(Float64Array.of(1));
    expect(taken.data.usage_quantity.validity).toEqual(Uint8Array.of(0));
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    "refuses a cost of %s, naming the row, and adds nothing",
    (cost) => {
      const table = usageTypeTable();
      table.push("web", "BoxUsage", "Compute", "2026-03", 1, 1);
      const message = `Row 1 carries ${cost} as cost_usd; only a finite number is published.`;
      expect(() => table.push("web", "BoxUsage", "Compute", "2026-03", cost, 1)).toThrow(message);
      expect(() => table.push("web", "BoxUsage", "Compute", "2026-03", 1, cost)).toThrow("usage_quantity");
      table.push("web", "BoxUsage", "Compute", "2026-03", 2, 2);
      expect(table.rows).toBe(2);
      expect(table.columns().data.usage_quantity.numbers).toEqual(Float64Array.of(1, 2));
    },
  );

  it("has no row beyond its last", () => {
    const { data } = workloadTable().columns();
    expect(() => textAt(data.workload, 0)).toThrow("There is no row 0.");
    expect(() => numberAt(data.cost_usd, 0)).toThrow("There is no row 0.");
  });
});
