import type { JsonValue } from "../../pricing/index.ts";
import { entriesOf, type JsonObject, property } from "../json-object.ts";
import { redactValue, textsIn } from "./redact-value.ts";
import { SecretTexts } from "./secret-texts.ts";
import { sensitiveMark } from "./sensitive-mark.ts";

/** Sensitive variables and outputs: a provider may repeat them in attributes of any resource. */
export function sharedSecrets(plan: JsonObject): SecretTexts {
  const secrets = new SecretTexts();
  const addAll = (value: JsonValue | undefined) => {
    if (value !== undefined) for (const text of textsIn(value)) secrets.add(text);
  };
  const declared = property(property(property(plan, "configuration"), "root_module"), "variables");
  for (const [name, variable] of entriesOf(declared)) {
    if (property(variable, "sensitive") !== true) continue;
    addAll(property(variable, "default"));
    addAll(property(property(property(plan, "variables"), name), "value"));
  }
  for (const [, output] of entriesOf(property(plan, "output_changes"))) {
    for (const side of ["before", "after"]) {
      const mark = sensitiveMark(property(output, `${side}_sensitive`));
      redactValue(property(output, side) ?? null, mark, (text) => secrets.add(text));
    }
  }
  return secrets;
}
