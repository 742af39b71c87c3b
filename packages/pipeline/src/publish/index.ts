export { previousIndex } from "./previous-index.ts";
export { publish } from "./publish.ts";
export type {
  NewFile,
  NewMonth,
  PublishedMonth,
  PublishResult,
  PublishRun,
  SharedFile,
  SharedInput,
} from "./publish-run.ts";
export { type Recovery, recover } from "./recover.ts";
