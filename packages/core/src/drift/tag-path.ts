const TAG_MAP = /^(?:.*?\.)?(?:tags|tags_all|volume_tags)\.(.+)$/s;
const TAG_BLOCK = /(?:^|\.)tag\./;
const TAG_BLOCK_ATTRIBUTE = /\.(?:value|key|propagate_at_launch)$/;

/** The tag that an attribute's path names: `App` of `tags.App` and of `root_block_device[0].tags_all.App`; `null` for others. */
export function tagKeyOf(path: string): string | null {
  return TAG_MAP.exec(path)?.[1] ?? tagBlockKey(path);
}

/** `App` of `tag.App.value`. The two ends are looked for one by one: together they would try every pair of places. */
function tagBlockKey(path: string): string | null {
  const start = TAG_BLOCK.exec(path);
  const end = TAG_BLOCK_ATTRIBUTE.exec(path);
  if (start === null || end === null) return null;
  const key = path.slice(start.index + start[0].length, end.index);
  return key === "" ? null : key;
}
