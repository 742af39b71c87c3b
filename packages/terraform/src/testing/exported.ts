import type { Platform } from "../../../../infra/platform.ts";
import { moduleFiles } from "../module/module-files.ts";
import { record } from "../platform.ts";

/** A description as the exporter writes it, file by file. */
export function exported(infra: (platform: Platform) => void): ReadonlyMap<string, string> {
  return moduleFiles(record(infra).recording, { module: "1.2.3", pipeline: "1.2.3", page: "1.2.3" });
}

/** A part of the system, described and exported: its file without the lines that say where it comes from. */
export function partText(create: (platform: Platform) => void): string {
  const files = exported((platform) => platform.part("part", "A part.", () => create(platform)));
  return (files.get("part.tf") ?? "").split("\n").slice(3).join("\n");
}
