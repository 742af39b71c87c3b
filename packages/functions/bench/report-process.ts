// Makes the report of the last complete day out of published files, in every form, and tells the processor time of the
// process in milliseconds.  report-process FOLDER
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { renderDayReport } from "@dapanoskop/core/insight/day";
import type { ArtifactStore } from "@dapanoskop/core/store";
import { buildReport, readPublishedDays } from "@dapanoskop/report";

const [, , folder = ""] = process.argv;
const store: Pick<ArtifactStore, "place" | "get"> = {
  place: folder,
  get: async (key) => ({
    etag: "",
    bytes: 0,
    sha256: null,
    metadata: {},
    body: await readFile(join(folder, key)),
  }),
};
const published = await readPublishedDays(store as ArtifactStore);
const date = published?.figures.completeThrough;
if (!published || !date) throw new Error("No day is complete.");
const audience = { name: "everyone", costCenters: null };
const report = await buildReport(published, {
  date,
  audience,
  dashboardUrl: null,
  said: null,
  answers: null,
  budgets: [],
});
const { html } = renderDayReport(report);
const { user, system } = process.cpuUsage();
process.send?.(
  { cpuMs: (user + system) / 1_000, peakKb: process.resourceUsage().maxRSS, size: html.length },
  () => process.exit(0),
);
