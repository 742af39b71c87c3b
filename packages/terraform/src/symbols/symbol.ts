import type { Resource } from "./resource.ts";

/**
 * A value that is known only when the module is applied: an input, an attribute of a resource, or something made of
 * these. It cannot be turned into text, compared or branched on by accident: whoever tries gets an error that says what
 * to use instead.
 */
export class Sym {
  readonly node: Node;
  constructor(node: Node) {
    this.node = node;
    // A symbol is opaque: what infra/ may do with a Pulumi output is decided here, in one place.
    // biome-ignore lint/correctness/noConstructorReturn: the proxy is the symbol
    return new Proxy(this, {
      get(target, property) {
        if (property === "node") return target.node;
        const told = toldToAll(property);
        if (told !== null) return told.answer;
        if (property === "constructor") return Sym;
        throw misuse(`asked for .${String(property)}`, "platform's own words (text, choose, each)");
      },
      has: (_, property) => property === "node",
      getPrototypeOf: () => Sym.prototype,
    });
  }
}

/** What a symbol stands for. */
export type Node =
  /** HCL as it stands. */
  | { readonly kind: "code"; readonly code: string }
  | { readonly kind: "attribute"; readonly of: Resource; readonly name: string }
  | { readonly kind: "template"; readonly parts: readonly unknown[] }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly unknown[] }
  | { readonly kind: "conditional"; readonly flag: unknown; readonly yes: unknown; readonly no: unknown }
  | { readonly kind: "operation"; readonly operator: string; readonly operands: readonly unknown[] }
  | { readonly kind: "element"; readonly list: unknown; readonly at: number }
  /** The name that one of a group of resources goes by. */
  | { readonly kind: "key"; readonly group: EachGroup }
  | { readonly kind: "for"; readonly group: EachGroup; readonly value: unknown };

/** Resources that exist under one condition, or once for each name. */
export type Group = WhenGroup | EachGroup;
export interface WhenGroup {
  readonly kind: "when";
  readonly flag: unknown;
}
export interface EachGroup {
  readonly kind: "each";
  /** What a `for` walks through: a list of names. */
  readonly names: unknown;
  /** What `for_each` takes: a set or a map of the same keys. */
  readonly forEach: unknown;
}

export const isSym = (value: unknown): value is Sym => value instanceof Sym;
export const code = (text: string) => new Sym({ kind: "code", code: text });
export const call = (name: string, ...args: readonly unknown[]) => new Sym({ kind: "call", name, args });

/**
 * What promises and inspectors ask every object; `null` for any other property.
 * @throws TypeError when somebody wants text, a number or JSON of it
 */
export function toldToAll(property: string | symbol): { readonly answer: undefined } | null {
  if (property === Symbol.toPrimitive) throw misuse("made into text or a number", "platform.text");
  if (property === "toJSON") throw misuse("made into JSON", "platform.json");
  return property === "then" || typeof property === "symbol" ? { answer: undefined } : null;
}

function misuse(how: string, instead: string): TypeError {
  return new TypeError(`A value that is known only at apply was ${how}. Use ${instead}, in infra/.`);
}
