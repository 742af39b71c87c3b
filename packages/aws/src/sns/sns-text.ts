/** SNS takes 262,144 bytes for text and attributes together; tags have at most some hundreds. */
const LONGEST = 260_000;

/** A text as SNS takes it: whole lines, and how many are left out where they are too many. */
export function snsText(text: string): string {
  // SNS refuses an empty message.
  if (text.trim() === "") return "(no text)";
  if (Buffer.byteLength(text) <= LONGEST) return text;
  const lines = text.split("\n");
  let bytes = 0;
  let kept = 0;
  for (const line of lines) {
    bytes += Buffer.byteLength(line) + 1;
    if (bytes > LONGEST - 100) break;
    kept += 1;
  }
  const left = lines.length - kept;
  const statement = `Shortened: ${left} more ${left === 1 ? "line is" : "lines are"} left out, because SNS takes 256 kB.`;
  return [...lines.slice(0, kept), statement].join("\n");
}
