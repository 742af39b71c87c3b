import { isConfiguration, type RepositoryFiles, scanDocument } from "@dapanoskop/scan";
import { ApiProblem, badRequest } from "../api-problem.ts";
import { scanAnswer, scanBody } from "../documents/index.ts";
import { countUse, limits } from "../limits.ts";
import { answer, type Route, route } from "../route.ts";

/** Of all files together. */
const LARGEST_SCAN = 5_000_000;

export const scanRoutes: readonly Route[] = [
  route({
    operation: "scanFiles",
    method: "POST",
    path: "/scans",
    summary: "Looks for resources without the tag in Terraform files. Nothing of them is executed or kept.",
    scopes: ["read", "write"],
    body: { kind: "json", schema: scanBody, limit: LARGEST_SCAN },
    answers: { 200: scanAnswer },
    async handle({ api, owner, body, at }) {
      if (api.scan === null) throw new ApiProblem("unavailable", "Files cannot be scanned here.");
      await countUse(limits.scans, owner, api.state, at);
      const report = await api.scan(repositoryFiles(body.files), body.tag_key);
      return answer({ tag_key: report.tagKey, ...scanDocument(report) });
    },
  }),
];

type SentFiles = RepositoryFiles["files"];

/** Paths are labels here: no file of this machine is opened by one. */
function repositoryFiles(files: SentFiles): RepositoryFiles {
  const paths = new Set(files.map(({ path }) => path));
  if (paths.size < files.length) throw badRequest("Two files have the same path.");
  const isNamed = ({ path }: SentFiles[number]) => isConfiguration(path) && isInside(path);
  return {
    files: files.filter(isNamed),
    skipped: files
      .filter((file) => !isNamed(file))
      .map(({ path }) => ({ path, why: "its name is not one of a configuration file in the repository" })),
  };
}

const isInside = (path: string): boolean =>
  path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
