export { type S3PlanFilesOptions, s3PlanFiles } from "./s3-plan-files.ts";
