import { resourceTypes } from "./types/index.ts";

/** Whether resources of a type cost nothing themselves: `aws_iam_role`. `null` for a type that is not known. */
export const isFreeType = (type: string): boolean | null => resourceTypes.get(type)?.isFree ?? null;
