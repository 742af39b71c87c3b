/** Old address → new one, as the module's `moved` blocks tell it. */
export type Moves = ReadonlyMap<string, string>;

/**
 * The addresses of a module's resources, sorted: `aws_s3_bucket.data`, `aws_sns_topic.alarms[0]` for one that depends on a
 * condition, `aws_kms_key.signing[each.key]` for one of several. Data sources are not in there: nothing of theirs is lost.
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

/** A sentence for each address that was there, is gone, and was not moved to one that is there. */
export function unmoved(
  before: readonly string[],
  after: readonly string[],
  moves: Moves,
): readonly string[] {
  const known = new Set(after.map(withoutCount));
  const isThere = (address: string) => known.has(withoutCount(address));
  const target = (address: string) => moves.get(address) ?? moves.get(address.replace(/\[.*\]$/, ""));
  return before
    .filter((address) => !isThere(address) && !isMoved(target(address), isThere))
    .map(
      (address) =>
        `${address} is gone: adopters would lose and make again what it stands for. Write a moved block from ${address} to its new address into terraform-export/moved.tf, or give the name back; what goes for good is taken off packages/terraform/addresses.txt. Tell it in terraform-export/UPGRADING.md.`,
    );
}

const isMoved = (to: string | undefined, isThere: (address: string) => boolean) =>
  to !== undefined && (isThere(to) || isThere(`${to}[each.key]`));

/** Between one and perhaps one Terraform moves by itself. */
const withoutCount = (address: string) => address.replace(/\[0\]$/, "");
