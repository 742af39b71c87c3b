const TAG_MAP = /^(?:.*?\.)?(?:tags|tags_all|volume_tags)\.(.+)$/s;
const TAG_BLOCK = /^(?:.*?\.)?tag\.(.+)\.(?:value|key|propagate_at_launch)$/s;

/** The tag that an attribute's path names: `App` of `tags.App` and of `root_block_device[0].tags_all.App`; `null` for others. */
export function tagKeyOf(path: string): string | null {
  return TAG_MAP.exec(path)?.[1] ?? TAG_BLOCK.exec(path)?.[1] ?? null;
}
