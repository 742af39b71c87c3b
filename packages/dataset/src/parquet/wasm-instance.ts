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
 * The one instance of this process, which renews itself. The first call creates it from `source`.
 *
 * A panic inside wasm does not release its stack: after some seven hundred damaged files every call would fail. And the
 * memory that one large file needed is never released. A new instance of the same module solves both, but
 * parquet-wasm's glue creates one instance only. So it gets an exports object whose functions can be replaced.
 */
export function wasmInstance(source: WasmSource): WasmInstance {
  only ??= renewing(initialise(source));
  return only;
}

function renewing(exports: Exports): WasmInstance {
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
  if (exports.instantiate === undefined) return; // another module initialised the glue first
  const { memory } = exports;
  Object.assign(exports, exports.instantiate());
  memory.grow(0); // detaches the old buffer, so that the glue creates new views
  exports.__wbindgen_start();
}

function initialise(source: WasmSource): Exports {
  const Native = WebAssembly.Instance;
  const module = source instanceof WebAssembly.Module ? source : new WebAssembly.Module(source);
  // The glue passes its imports only to this constructor.
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

/** The functions that the glue calls, and how to create them again. */
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  readonly __wbindgen_start: () => void;
  readonly instantiate?: () => Exports;
}

/** The parts of WebAssembly that are used here: neither ECMAScript's types nor Node's declare it. */
declare const WebAssembly: {
  Module: new (bytes: object) => object;
  Instance: new (module: object, imports: object) => { readonly exports: Exports };
  RuntimeError: new () => Error;
};
