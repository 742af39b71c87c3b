export { type S3StoreOptions, s3Store } from "./s3-store.ts";
export { parseStoreUrl, type S3Place } from "./s3-url.ts";
