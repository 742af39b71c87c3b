// The variant that the first figure is compared with: a page that sums the published Parquet file before it draws. A page
// without a summary would have to. Same decoder, same compression, all requests as early as possible.
import { workloadColumns } from "@dapanoskop/dataset";
import { parquetCodec } from "@dapanoskop/dataset/parquet";

const bytes = async (address) => new Uint8Array(await (await fetch(address)).arrayBuffer());
const compiled = WebAssembly.compileStreaming(fetch("/parquet.wasm"));
const index = await (await fetch("/data/index.json")).json();
const [period] = index.periods;
const { key } = index.snapshot[period].files["cost-by-workload.parquet"];
const [wasm, file] = await Promise.all([compiled, bytes(`/data/${key}`)]);
const { rows, data } = parquetCodec(wasm).decode(workloadColumns, key, file);
const { codes, values } = data.period;
const current = values.indexOf(period);
let total = 0;
for (let row = 0; row < rows; row += 1) if (codes[row] === current) total += data.cost_usd.numbers[row];
if (!(total > 0)) throw new Error("The file holds no cost of its month.");

// Either the whole page is drawn now, or only the total.
const page = document.querySelector("meta[name=then]")?.content;
if (page !== undefined) await import(page);
else {
  const money = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" });
  document.body.textContent = money.format(total);
}
