/** What is known about the tags of a resource without running anything. */
export interface TagKeys {
  /** Whether a key has a value that is not empty. */
  readonly keys: ReadonlyMap<string, boolean>;
  /** Whether there can be others, or other values, than `keys`. */
  readonly isOpen: boolean;
}

export const noTags: TagKeys = { keys: new Map(), isOpen: false };

export const openTags: TagKeys = { keys: new Map(), isOpen: true };

/** Whether a resource has a tag: `null` where the files do not decide it. */
export const hasTag = ({ keys, isOpen }: TagKeys, key: string): boolean | null =>
  keys.get(key) === true ? true : isOpen ? null : false;

/** As `merge(first, then)`: what is in `then` counts. An open `then` can take a value away, which nobody does on purpose. */
export const mergedTags = (first: TagKeys, then: TagKeys): TagKeys => ({
  keys: new Map([...first.keys, ...then.keys]),
  isOpen: first.isOpen || then.isOpen,
});

/** Of a conditional: what both have is certain. */
export function eitherTags(a: TagKeys, b: TagKeys): TagKeys {
  const common = [...a.keys].filter(([key, isSet]) => b.keys.get(key) === isSet);
  const isSame = common.length === a.keys.size && common.length === b.keys.size;
  return { keys: new Map(common), isOpen: a.isOpen || b.isOpen || !isSame };
}
