export {
  type GithubAccess,
  type GithubPlace,
  type GithubTimes,
  githubPlace,
  githubTimes,
} from "./github-api.ts";
export { type ListedRepository, listRepositories } from "./list-repositories.ts";
export { readRepository } from "./read-repository.ts";
