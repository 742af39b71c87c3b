export * from "./rsa-keys.ts";
export * from "./test-pool.ts";
export * from "./test-request.ts";
