import type { Grouping } from "@dapanoskop/core/source";
import { validation } from "../protocol/aws-error.ts";
import type { Members } from "../protocol/json.ts";
import { dimensionOf, groupingDimensions, wordForNone } from "./dimensions.ts";

/** One GroupBy of a request. */
export interface GroupBy {
  readonly type: "DIMENSION" | "TAG" | "COST_CATEGORY";
  readonly key: string;
  /** The grouping in the query of the bill; `null` is a dimension that no charge of a bill has. */
  readonly grouping: Grouping | null;
  /** A group's key as the response spells it. */
  readonly text: (value: string | null) => string;
}

/** @throws AwsError `ValidationException` with AWS's message */
export function parseGroupBy(definitions: readonly Members[]): readonly GroupBy[] {
  if (definitions.length > 2) throw validation("Only two values for GroupBy are allowed");
  return definitions.map((definition) => {
    const [type, key] = [definition.text("Type") ?? "", definition.text("Key") ?? ""];
    if (type === "" || key === "") {
      throw validation(
        "UsageGroup Definition is invalid. Both type an key need to be set to a non-empty value.",
      );
    }
    switch (type) {
      case "TAG":
        return { type, key, grouping: { by: "tag", key }, text: (value) => `${key}$${value ?? ""}` };
      case "COST_CATEGORY":
        return {
          type,
          key,
          grouping: { by: "costCategory", name: key },
          text: (value) => `${key}$${value ?? ""}`,
        };
      case "DIMENSION":
        return byDimension(key);
      default:
        throw validation("UsageGroup Definition type is invalid.");
    }
  });
}

function byDimension(key: string): GroupBy {
  if (!groupingDimensions.includes(key)) {
    throw validation(
      `UsageGroup Definition dimension is invalid. Valid values are ${groupingDimensions.join(", ")}`,
    );
  }
  const by = dimensionOf(key);
  return {
    type: "DIMENSION",
    key,
    grouping: by === null ? null : { by },
    text: (value) => value ?? wordForNone(key),
  };
}
