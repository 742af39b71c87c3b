/** Objects of a bucket that others write: bills in S3. */
export { parseObjectUrl } from "./object-url.ts";
export { s3Objects } from "./s3-objects.ts";
