import { ParameterError } from "@dapanoskop/aws";
import { describe, expect, it } from "vitest";
import { Unavailable } from "./refused.ts";
import { settingsParameter } from "./settings-parameter.ts";

const failing = (failure: unknown) => () => ({ read: () => Promise.reject(failure) });

describe("the settings in a parameter", () => {
  it("are its text, by the name that the environment tells", async () => {
    const source = settingsParameter("/dapanoskop/session", (name) => ({
      read: async () => `{"of":"${name}"}`,
    }));
    expect(await source.read()).toBe('{"of":"/dapanoskop/session"}');
  });

  it("are missed by the variable's name where it is not set, or empty", async () => {
    for (const name of [undefined, ""]) {
      await expect(settingsParameter(name).read()).rejects.toThrow(Unavailable);
      await expect(settingsParameter(name).read()).rejects.toThrow("SETTINGS_PARAMETER is not set");
    }
  });

  it("that were not read say why, in our own words only", async () => {
    const denied = new ParameterError("The parameter was not read: access denied.");
    await expect(settingsParameter("p", failing(denied)).read()).rejects.toMatchObject({
      name: "Unavailable",
      reason: "no-settings",
      message: denied.message,
      cause: denied,
    });
    await expect(settingsParameter("p", failing(new Error("secret"))).read()).rejects.toMatchObject({
      name: "Unavailable",
      message: "The settings were not read.",
    });
  });
});
