import { address } from "./synthesis/resource.ts";
import type { Synthesis } from "./synthesis/synthesizer.ts";

/** Old address → new address, by the module's `moved` blocks. */
type Moves = ReadonlyMap<string, string>;

/**
 * The addresses of the module's resources, sorted: `aws_s3_bucket.data`, `aws_sns_topic.alarms[0]` with `count`,
 * `aws_iam_role.function["collect"]` for each row of a table, `aws_kms_key.signing[each.key]` for names that only the adopter
 * sets. Data sources are left out: they lose nothing.
 */
export function addressesOf({ resources }: Pick<Synthesis, "resources">): readonly string[] {
  const addresses = resources
    .filter(({ mode }) => mode === "resource")
    .flatMap((resource) => {
      const { group } = resource;
      if (group === null) return [address(resource)];
      if (group.kind === "conditional") return [`${address(resource)}[0]`];
      if (group.rows === null) return [`${address(resource)}[each.key]`];
      return Object.keys(group.rows).map((key) => `${address(resource)}["${key}"]`);
    });
  return ["terraform_data.checked", ...addresses].sort();
}

/** The `moved` blocks of a module's files. */
export function movesIn(files: readonly string[]): Moves {
  const blocks = files.flatMap((text) => [
    ...text.matchAll(/^moved \{\s+from\s*=\s*(\S+)\s+to\s*=\s*(\S+)\s+\}/gm),
  ]);
  return new Map(blocks.map(([, from = "", to = ""]) => [from, to]));
}

/** An error message for each address that no longer exists and was not moved to one that does. */
export function unmoved(
  before: readonly string[],
  after: readonly string[],
  moves: Moves,
): readonly string[] {
  const known = new Set(after.map(withoutCount));
  const exists = (address: string) => known.has(withoutCount(address));
  const target = (address: string) => moves.get(address) ?? moves.get(address.replace(/\[.*\]$/, ""));
  return before
    .filter((address) => !exists(address) && !isMoved(target(address), exists))
    .map(
      (address) =>
        `${address} no longer exists: the resource would be destroyed and created again in every deployment. Add a moved block from ${address} to its new address to terraform-export/moved.tf, or restore the name. Remove the address of a resource that is deleted for good from packages/terraform/addresses.txt. Describe the change in terraform-export/UPGRADING.md.`,
    );
}

const isMoved = (to: string | undefined, exists: (address: string) => boolean) =>
  to !== undefined && (exists(to) || exists(`${to}[each.key]`));

/** Terraform itself moves a resource that gains or loses `count`. */
const withoutCount = (address: string) => address.replace(/\[0\]$/, "");
