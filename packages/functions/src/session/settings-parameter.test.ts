import { ParameterError } from "@dapanoskop/aws";
import { describe, expect, it } from "vitest";
import { Unavailable } from "../tokens/index.ts";
import { settingsParameter } from "./settings-parameter.ts";

const failing = (failure: unknown) => () => ({ read: () => Promise.reject(failure) });

describe("the settings in a parameter", () => {
  it("are the text of the parameter that the environment names", async () => {
    const source = settingsParameter("/dapanoskop/session", (name) => ({
      read: async () => `{"of":"${name}"}`,
    }));
    expect(await source.read()).toBe('{"of":"/dapanoskop/session"}');
  });

  it("are refused with the variable's name where it is not set or empty", async () => {
    for (const name of [undefined, ""]) {
      await expect(settingsParameter(name).read()).rejects.toThrow(Unavailable);
      await expect(settingsParameter(name).read()).rejects.toThrow("SETTINGS_PARAMETER is not set");
    }
  });

  it("that could not be read give the reason without the SDK's message", async () => {
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
