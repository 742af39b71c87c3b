import { workloadColumns, workloadTable } from "@dapanoskop/dataset";
import { describe, expect, it } from "vitest";
import { loadParquetCodec } from "./parquet-wasm.ts";

describe("the installed parquet reader and writer", () => {
  it("is found, and reads what it wrote", async () => {
    const codec = await loadParquetCodec();
    const table = workloadTable();
    table.push("Shop", "web", "2026-03", 1.25);
    const { data } = codec.decode(workloadColumns, "key", codec.encode(table.columns()));
    expect(data.cost_usd.numbers).toEqual(Float64Array.of(1.25));
  });

  it("is loaded once", () => {
    expect(loadParquetCodec()).toBe(loadParquetCodec());
  });
});
