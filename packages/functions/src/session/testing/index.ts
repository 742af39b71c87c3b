export * from "./a-pool.ts";
export * from "./a-request.ts";
export * from "./rsa-keys.ts";
