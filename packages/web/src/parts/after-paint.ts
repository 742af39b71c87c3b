/** Once what was drawn has been painted. A page in the background paints nothing, and need not wait for it. */
export function afterPaint(run: () => void): void {
  if (document.visibilityState === "hidden") setTimeout(run);
  else requestAnimationFrame(() => setTimeout(run));
}
