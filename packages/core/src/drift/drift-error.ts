/** A plan says nothing about drift: the message is the reason of a failed scan, and says what to do. */
export class DriftError extends Error {
  override readonly name = "DriftError";
}
