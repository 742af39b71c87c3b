/** The settings name audiences that cannot be sent to: a sentence for each fault. */
export class AudienceError extends Error {
  constructor(sentences: readonly string[]) {
    super(sentences.join(" "));
    this.name = "AudienceError";
  }
}
