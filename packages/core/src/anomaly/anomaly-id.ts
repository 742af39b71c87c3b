/**
 * The name of an event: 16 hexadecimal digits of the 64-bit FNV-1a hash (Fowler, Noll and Vo) of the UTF-16 units of what
 * it is of, its direction and its first day.
 */
export function anomalyId(parts: readonly string[]): string {
  let hash = 0xcbf29ce484222325n;
  for (const unit of JSON.stringify(parts)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(unit.codePointAt(0) ?? 0)) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, "0");
}
