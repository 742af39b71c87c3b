/** The page's appearance: the system's, or the one that the reader chose. */
export const appearances = ["system", "light", "dark", "contrast"] as const;
export type Appearance = (typeof appearances)[number];

const STORAGE_KEY = "dapanoskop.appearance";

export function chosenAppearance(storage: Pick<Storage, "getItem">): Appearance {
  try {
    const chosen = storage.getItem(STORAGE_KEY);
    return appearances.find((each) => each === chosen) ?? "system";
  } catch {
    return "system"; // the browser may forbid storage
  }
}

/** Applies an appearance to the page, and stores it. */
export function applyAppearance(
  appearance: Appearance,
  root: HTMLElement,
  storage: Pick<Storage, "setItem" | "removeItem">,
): void {
  if (appearance === "system") root.removeAttribute("data-appearance");
  else root.setAttribute("data-appearance", appearance);
  try {
    if (appearance === "system") storage.removeItem(STORAGE_KEY);
    else storage.setItem(STORAGE_KEY, appearance);
  } catch {
    // Storage is forbidden: the choice lasts until the page is closed.
  }
}
