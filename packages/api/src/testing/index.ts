export { aPlan } from "./a-plan.ts";
export { type TestAnswer, type TestApi, type TestApiOptions, type TestCaller, testApi } from "./test-api.ts";
