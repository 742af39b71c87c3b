export { aDayInput, aDayReport } from "./a-day.ts";
