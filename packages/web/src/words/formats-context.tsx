import { createContext, type JSX, useContext } from "solid-js";
import { type Formats, makeFormats } from "./formats.ts";
import { regionOf } from "./region.ts";

const Context = createContext<Formats>();

/** Provides the formats of the reader's region. */
export function FormatsProvider(props: { languages: readonly string[]; children: JSX.Element }) {
  return <Context.Provider value={makeFormats(regionOf(props.languages))}>{props.children}</Context.Provider>;
}

export function useFormats(): Formats {
  const formats = useContext(Context);
  if (formats === undefined) throw new Error("useFormats needs a FormatsProvider above it.");
  return formats;
}
