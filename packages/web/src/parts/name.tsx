import { visible } from "@dapanoskop/core/text";

/** Graphemes of a name that are shown, where the caller sets no other limit. */
const DEFAULT_LIMIT = 80;

/** A name from the bill. It may be any string: control characters are made visible, and it cannot change the direction of the text around it. */
export function Name(props: { of: string; limit?: number }) {
  return <bdi>{visible(props.of, props.limit ?? DEFAULT_LIMIT)}</bdi>;
}
