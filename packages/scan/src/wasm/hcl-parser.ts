import { Language, type Node, Parser } from "web-tree-sitter";

/** The grammar, as the bytes of its WebAssembly. */
export interface HclGrammar {
  /** Of `web-tree-sitter`; `null` where the library finds it by itself. */
  readonly runtime: Uint8Array | null;
  /** `tree-sitter-terraform.wasm`. */
  readonly language: Uint8Array;
}

/** The nodes of an HCL file. */
export interface HclParser {
  /** Calls `use` with the root node, which is gone afterwards. */
  parse<Result>(text: string, use: (root: Node) => Result): Result;
}

/** Loads the parser. Nothing of a file is run: a grammar reads it. */
export async function hclParser({ runtime, language }: HclGrammar): Promise<HclParser> {
  await Parser.init(runtime === null ? {} : { wasmBinary: runtime });
  const parser = new Parser();
  parser.setLanguage(await Language.load(language));
  return {
    parse(text, use) {
      const tree = parser.parse(text);
      if (tree === null) throw new TypeError("The grammar has no language.");
      try {
        return use(tree.rootNode);
      } finally {
        tree.delete();
      }
    },
  };
}
