/** Runs after the next paint. A page in the background does not paint, so there it runs at once. */
export function afterPaint(run: () => void): void {
  if (document.visibilityState === "hidden") setTimeout(run);
  else requestAnimationFrame(() => setTimeout(run));
}
