export * from "./audience/index.ts";
export * from "./budgets/index.ts";
export * from "./deliver/index.ts";
export * from "./due/index.ts";
export * from "./records/index.ts";
export * from "./status/index.ts";
