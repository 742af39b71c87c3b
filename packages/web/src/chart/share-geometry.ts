/** A share of a whole, as a bar draws it. */
export interface Share {
  /** The tone that the share is drawn in, from 1. */
  readonly tone: number;
  readonly amount: number;
}

/** Where a share lies in a bar that is 100 wide. */
export interface ShareRect {
  readonly tone: number;
  readonly x: number;
  readonly width: number;
}

/**
 * Shares side by side, together 100 wide. A negative amount (a credit) has no width: a bar cannot show it, so its figure
 * is written below the bar.
 */
export function shareGeometry(shares: readonly Share[]): readonly ShareRect[] {
  const sizes = shares.map(({ amount }) => Math.max(0, amount));
  const whole = sizes.reduce((sum, size) => sum + size, 0);
  let x = 0;
  return shares.map(({ tone }, at) => {
    const width = whole === 0 ? 0 : (100 * (sizes[at] ?? 0)) / whole;
    const rect = { tone, x, width };
    x += width;
    return rect;
  });
}
