import type { CommandDefinition } from "./definitions.ts";

export const commentDefinition = {
  name: "comment",
  summary: "Put a plan's table on the pull or merge request, as one comment that is updated.",
  description:
    "Puts the Markdown of dapanoskop plan on the pull request of a run of GitHub Actions, or the merge request of a GitLab " +
    "pipeline. The comment of an earlier run of the same project is replaced. The token is read from GITHUB_TOKEN or " +
    "GITLAB_TOKEN.",
  options: {
    file: {
      type: "word",
      flag: "file",
      valueName: "FILE",
      description: "The Markdown that dapanoskop plan --format markdown wrote; - is the standard input.",
    },
    number: {
      type: "count",
      flag: "number",
      valueName: "NUMBER",
      between: [1, 999_999_999],
      absent: "that of the run",
      description: "The number of the pull or merge request.",
    },
  },
} as const satisfies CommandDefinition;
