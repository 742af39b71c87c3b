import { visible } from "@dapanoskop/dataset/report";

/** Graphemes that a name takes at most where it stands in a line. */
const IN_A_LINE = 80;

/** A name from the bill: any string, shown as text that neither hides nor turns anything around it. */
export function Name(props: { of: string; limit?: number }) {
  return <bdi>{visible(props.of, props.limit ?? IN_A_LINE)}</bdi>;
}
