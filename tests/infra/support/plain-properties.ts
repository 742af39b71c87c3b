// Pulumi marks values that JSON does not have by an object with this key, whose value is the kind.
const KIND = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const ASSET = "c44067f5952c0a294b673a41bacd8c17";
const ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7";
const RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/**
 * A Pulumi value as plain JSON: a secret and an output are their value, a resource is its URN, a file is `{ asset: path }`
 * or `{ archive: path }`. Keys are sorted. An unknown value is the text "unknown".
 */
export function plain(value: unknown): unknown {
  if (value === "04da6b54-80e4-46f7-96ec-b56ff0331ba9") return "unknown";
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const marked = value as Readonly<Record<string, unknown>>;
  const { path, text, uri, assets } = marked;
  switch (marked[KIND]) {
    case SECRET:
    case OUTPUT:
      return plain(marked.value);
    case RESOURCE:
      return marked.urn;
    case ASSET:
      return { asset: path ?? uri ?? { text } };
    case ARCHIVE:
      return { archive: path ?? uri ?? plain(assets) };
  }
  // The mocks get a file as an object of Pulumi's.
  if ("__pulumiAsset" in marked) return { asset: path ?? uri ?? { text } };
  if ("__pulumiArchive" in marked) return { archive: path ?? uri ?? plain(assets) };
  return Object.fromEntries(
    Object.entries(marked)
      .filter(([, one]) => one !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, one]) => [key, plain(one)]),
  );
}
