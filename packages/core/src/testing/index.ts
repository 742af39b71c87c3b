export { type TestClock, testClock, testRandom, testRuntime } from "./runtime.ts";
