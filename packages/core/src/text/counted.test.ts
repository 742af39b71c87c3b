import { expect, it } from "vitest";
import { counted } from "./counted.ts";

it.each([
  [0, "0 rows"],
  [1, "1 row"],
  [2, "2 rows"],
])("%i things are counted in words", (count, words) => {
  expect(counted(count, "row")).toBe(words);
});
