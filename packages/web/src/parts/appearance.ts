/** How the page looks: as the system asks, or as the reader chose. */
export const appearances = ["system", "light", "dark", "contrast"] as const;
export type Appearance = (typeof appearances)[number];

const PLACE = "dapanoskop.appearance";

export function chosenAppearance(storage: Pick<Storage, "getItem">): Appearance {
  try {
    const chosen = storage.getItem(PLACE);
    return appearances.find((each) => each === chosen) ?? "system";
  } catch {
    return "system"; // a browser may keep nothing
  }
}

/** Puts an appearance on the page, and remembers it. */
export function applyAppearance(
  appearance: Appearance,
  root: HTMLElement,
  storage: Pick<Storage, "setItem" | "removeItem">,
): void {
  if (appearance === "system") root.removeAttribute("data-appearance");
  else root.setAttribute("data-appearance", appearance);
  try {
    if (appearance === "system") storage.removeItem(PLACE);
    else storage.setItem(PLACE, appearance);
  } catch {
    // It lasts as long as the page, then.
  }
}
