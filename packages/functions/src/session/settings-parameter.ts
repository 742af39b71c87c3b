import { ParameterError, ssmParameter } from "@dapanoskop/aws";
import { Unavailable } from "../tokens/index.ts";
import type { SettingsSource } from "./settings.ts";

/**
 * The settings, from a parameter of SSM. The distribution that has the host needs this function, and the client's callback
 * needs the host: so the settings are written last, and cannot be a variable of this function.
 * @param name the parameter's
 * @param open replaces SSM in tests
 */
export function settingsParameter(name: string | undefined, open = ssmParameter): SettingsSource {
  if (name === undefined || name === "") {
    return {
      read: () =>
        Promise.reject(unavailable("SETTINGS_PARAMETER is not set: it names the parameter of the settings.")),
    };
  }
  const parameter = open(name);
  return {
    read: () =>
      parameter.read().catch((cause: unknown) => {
        throw unavailable(
          cause instanceof ParameterError ? cause.message : "The settings were not read.",
          cause,
        );
      }),
  };
}

const unavailable = (message: string, cause?: unknown) => new Unavailable("no-settings", message, { cause });
