import { initSync } from "parquet-wasm/esm";

/** The bytes of `parquet_wasm_bg.wasm`, or the `WebAssembly.Module` compiled from them (a browser does that while it loads). */
export type WasmSource = Uint8Array | ArrayBuffer | object;

/** parquet-wasm's only instance in this process. */
export interface WasmInstance {
  /** Runs one call from start to end. No wasm object may outlive it. */
  run<Result>(call: () => Result): Result;
}

/** Memory that an instance may keep between two calls, in bytes: it never shrinks by itself. A million rows need half. */
const KEPT_MEMORY = 256 * 2 ** 20;

let only: WasmInstance | null = null;

/**
 * The one instance of this process, which heals itself. The first call makes it from `source`.
 *
 * A panic inside wasm leaves the stack where it stood: some seven hundred damaged files later every call would fail. And the
 * memory that one large file needed is never given back. A fresh instance of the same module mends both, but
 * parquet-wasm's glue makes one instance for ever. So it is handed a set of exports that can be filled anew.
 */
export function wasmInstance(source: WasmSource): WasmInstance {
  only ??= healing(initialise(source));
  return only;
}

function healing(exports: Exports): WasmInstance {
  return {
    run(call) {
      try {
        return call();
      } catch (error) {
        if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) renew(exports);
        throw error;
      } finally {
        if (exports.memory.buffer.byteLength > KEPT_MEMORY) renew(exports);
      }
    },
  };
}

function renew(exports: Exports): void {
  if (exports.instantiate === undefined) return; // somebody else initialised the glue before us
  const { memory } = exports;
  Object.assign(exports, exports.instantiate());
  memory.grow(0); // detaches the old buffer: that is how the glue learns that its views of it are stale
  exports.__wbindgen_start();
}

function initialise(source: WasmSource): Exports {
  const Native = WebAssembly.Instance;
  const module = source instanceof WebAssembly.Module ? source : new WebAssembly.Module(source);
  // The glue tells what it imports only to this constructor.
  WebAssembly.Instance = class {
    readonly exports: Exports;
    constructor(_: object, imports: object) {
      const instantiate = () => new Native(module, imports).exports;
      this.exports = { ...instantiate(), instantiate };
    }
  };
  try {
    return initSync({ module }) as unknown as Exports;
  } finally {
    WebAssembly.Instance = Native;
  }
}

/** What the glue calls, and how to get it afresh. */
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  readonly __wbindgen_start: () => void;
  readonly instantiate?: () => Exports;
}

/** What is used here of WebAssembly: neither ECMAScript's types nor Node's declare it. */
declare const WebAssembly: {
  Module: new (bytes: object) => object;
  Instance: new (module: object, imports: object) => { readonly exports: Exports };
  RuntimeError: new () => Error;
};
