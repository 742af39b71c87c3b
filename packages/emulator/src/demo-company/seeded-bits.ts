/** The 32 bits of a text: FNV-1a over its UTF-16 units, then mixed. */
export function bitsOf(text: string): number {
  let bits = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) bits = Math.imul(bits ^ text.charCodeAt(at), 0x01000193);
  return mixed(bits);
}

/** 32 bits that depend on both arguments: equal pairs give equal bits, on every machine and in any order of calls. */
export const joined = (bits: number, key: number): number => mixed(bits ^ Math.imul(key, 0x9e3779b1));

/** A number of [0, 1) from 32 bits. */
export const portion = (bits: number): number => bits / 0x1_0000_0000;

// The finalizer of MurmurHash3: every bit of the input moves half of the output's.
function mixed(bits: number): number {
  let h = bits ^ (bits >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
