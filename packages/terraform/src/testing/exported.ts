import type { Platform } from "../../../../infra/platform.ts";
import { moduleFiles } from "../module/module-files.ts";
import { synthesize } from "../platform.ts";

/** The files of the module that the exporter makes from a description. */
export function exported(infra: (platform: Platform) => void): ReadonlyMap<string, string> {
  return moduleFiles(synthesize(infra), { module: "1.2.3", pipeline: "1.2.3", page: "1.2.3" });
}

/** The file of one sub-system, without the lines above its first resource. */
export function subsystemText(create: (platform: Platform) => void): string {
  const files = exported((platform) => platform.subsystem("example", "An example.", () => create(platform)));
  return (files.get("example.tf") ?? "").split("\n").slice(3).join("\n");
}
