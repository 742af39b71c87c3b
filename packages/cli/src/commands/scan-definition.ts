import { collectionOptions } from "@dapanoskop/pipeline/options";
import type { CommandDefinition } from "./definitions.ts";

export const scanDefinition = {
  name: "scan",
  summary: "Find resources without the tag in Terraform or OpenTofu files, without running anything.",
  description:
    "Reads the configuration files of a folder or of a repository at GitHub, and lists the resources of AWS that have neither " +
    "the tag nor a default tag of their provider, with file and line. Locals, variables, merges and local modules are " +
    "followed; what the files do not decide is listed as such. No provider, module or expression is run, and nothing is " +
    "downloaded but the archives of the named repositories. GITHUB_TOKEN is a token for private ones; GITHUB_API_URL is " +
    "another API than that of github.com.",
  options: {
    source: {
      type: "word",
      flag: "source",
      valueName: "SOURCE",
      description:
        "A folder, github:OWNER/NAME with @ and a branch, tag or commit if wanted, or github:OWNER for all its repositories.",
    },
    tagKey: collectionOptions.tagKey,
    format: {
      type: "choice",
      flag: "format",
      valueName: "FORMAT",
      default: "text",
      choices: ["text", "json"],
      description: "The form of the result.",
    },
    failOn: {
      type: "choice",
      flag: "fail-on",
      valueName: "KIND",
      default: "nothing",
      choices: ["nothing", "untagged", "undecided"],
      description:
        "End with code 4 where a resource has no tag; with undecided also where the files do not decide it.",
    },
  },
} as const satisfies CommandDefinition;
