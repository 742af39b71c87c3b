import { describe, expect, it } from "vitest";
import { EnvironmentError, environmentReader } from "./index.ts";

describe("a variable", () => {
  it("that is empty counts as not set", () => {
    const read = environmentReader({ NAME: "", FLAG: "", METRIC: "" });
    expect([read.text("NAME"), read.flag("FLAG", true), read.oneOf("METRIC", ["a", "b"], "b")]).toEqual([
      null,
      true,
      "b",
    ]);
    expect(() => read.check()).not.toThrow();
  });

  it.each(["True", "TRUE", "1", "0", "yes", "no", " true", "false "])(
    "cannot be %j where it is a flag",
    (value) => {
      const read = environmentReader({ FLAG: value });
      read.flag("FLAG", false);
      expect(() => read.check()).toThrow(`FLAG is ${JSON.stringify(value)}; it takes true or false.`);
    },
  );

  it("must match its pattern", () => {
    const pattern = { matches: "^[a-z]+$", sentence: "must have small letters." };
    const read = environmentReader({ KEY: "app", OTHER: "App" });
    expect([read.text("KEY", pattern), read.text("ABSENT", pattern)]).toEqual(["app", null]);
    expect(() => read.check()).not.toThrow();
    read.text("OTHER", pattern);
    expect(() => read.check()).toThrow('OTHER is "App"; it must have small letters.');
  });

  it("is reported together with all others that are wrong", () => {
    const read = environmentReader({ FLAG: "maybe", METRIC: "Costs" });
    read.required("PLACE", "where it is");
    read.flag("FLAG", false);
    read.oneOf("METRIC", ["Unblended", "Blended"], "Blended");
    expect(() => read.check()).toThrow(
      new EnvironmentError([
        "PLACE is not set: it names where it is.",
        'FLAG is "maybe"; it takes true or false.',
        'METRIC is "Costs"; it takes Unblended or Blended.',
      ]),
    );
  });

  it("is shortened and escaped in the sentence when it is hostile", () => {
    const read = environmentReader({ FLAG: `\u202e${"x".repeat(10_000)}` });
    read.flag("FLAG", false);
    expect(() => read.check()).toThrow(/^FLAG is "\\u202ex{50,60}…"; it takes true or false\.$/);
  });
});
