export { aDailyFigures, type DailyFiguresSpec, type SpecNumbers } from "./daily-figures.ts";
