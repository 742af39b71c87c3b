/** Old address → new address, by the module's `moved` blocks. */
export type Moves = ReadonlyMap<string, string>;

/**
 * The addresses of a module's resources, sorted: `aws_s3_bucket.data`, `aws_sns_topic.alarms[0]` with `count`,
 * `aws_kms_key.signing[each.key]` with `for_each`. Data sources are left out: they lose nothing.
 */
export function addressesOf(files: readonly string[]): readonly string[] {
  const blocks = files.flatMap((text) => [...text.matchAll(/^resource "(\w+)" "(\w+)" \{\n {2}(\w+)/gm)]);
  return blocks.map(([, type, name, first]) => `${type}.${name}${SUFFIXES.get(first ?? "") ?? ""}`).sort();
}

const SUFFIXES = new Map([
  ["count", "[0]"],
  ["for_each", "[each.key]"],
]);

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
