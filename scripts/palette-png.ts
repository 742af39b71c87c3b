import { crc32, deflateSync, inflateSync } from "node:zlib";

/** A drawing in 8 bits a channel, row by row. */
interface Pixels {
  readonly width: number;
  readonly height: number;
  /** 0xRRGGBB of each pixel. */
  readonly colors: Uint32Array;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const COLORS = 256;

/**
 * A browser's screenshot as a PNG of 256 colors, some third of its size: pages have few colors, their letters' edges many
 * that nobody tells apart. The same drawing always gives the same bytes.
 * @throws Error for a PNG that no browser writes: not 8 bits a channel, interlaced, with a palette
 */
export function palettePng(png: Uint8Array): Buffer {
  const { width, height, colors } = decoded(Buffer.from(png));
  const counts = new Map<number, number>();
  for (const color of colors) counts.set(color, (counts.get(color) ?? 0) + 1);
  const palette = [...counts]
    .sort(([a, x], [b, y]) => y - x || a - b)
    .slice(0, COLORS)
    .map(([color]) => color);
  const places = new Map(palette.map((color, at) => [color, at]));
  const rows = Buffer.alloc(height * (width + 1));
  for (const [at, color] of colors.entries()) {
    const place = places.get(color) ?? nearest(color, palette);
    places.set(color, place);
    rows[Math.floor(at / width) * (width + 1) + 1 + (at % width)] = place;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("PLTE", Buffer.from(palette.flatMap((color) => [color >> 16, (color >> 8) & 255, color & 255]))),
    chunk("IDAT", deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function nearest(color: number, palette: readonly number[]): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [at, other] of palette.entries()) {
    const [red, green, blue] = [16, 8, 0].map((by) => ((color >> by) & 255) - ((other >> by) & 255));
    const distance = (red ?? 0) ** 2 + (green ?? 0) ** 2 + (blue ?? 0) ** 2;
    if (distance >= least) continue;
    least = distance;
    best = at;
  }
  return best;
}

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), body]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(body.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([size, named, sum]);
}

function decoded(png: Buffer): Pixels {
  if (!png.subarray(0, 8).equals(SIGNATURE)) throw new Error("This is no PNG.");
  const packed: Buffer[] = [];
  let header: Buffer = Buffer.alloc(13);
  for (let at = 8; at < png.length; ) {
    const end = at + 8 + png.readUInt32BE(at);
    const type = png.toString("latin1", at + 4, at + 8);
    if (type === "IHDR") header = png.subarray(at + 8, end);
    if (type === "IDAT") packed.push(png.subarray(at + 8, end));
    at = end + 4;
  }
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth, kind, , , interlaced] = header.subarray(8);
  const channels = kind === 2 ? 3 : kind === 6 ? 4 : 0;
  if (depth !== 8 || channels === 0 || interlaced !== 0)
    throw new Error("This PNG is not of 8 bits a channel, or is interlaced.");
  const bytes = unfiltered(inflateSync(Buffer.concat(packed)), width * channels, height, channels);
  const colors = new Uint32Array(width * height);
  for (const at of colors.keys()) colors[at] = bytes.readUIntBE(at * channels, 3);
  return { width, height, colors };
}

/** Takes off what each row was filtered by (PNG, section 9). */
function unfiltered(filtered: Buffer, stride: number, height: number, step: number): Buffer {
  const bytes = Buffer.alloc(stride * height);
  for (let row = 0; row < height; row += 1) {
    const filter = filtered[row * (stride + 1)] ?? 0;
    for (let at = 0; at < stride; at += 1) {
      const here = row * stride + at;
      const left = at < step ? 0 : (bytes[here - step] ?? 0);
      const above = row === 0 ? 0 : (bytes[here - stride] ?? 0);
      const corner = at < step || row === 0 ? 0 : (bytes[here - stride - step] ?? 0);
      bytes[here] = (filtered[row * (stride + 1) + 1 + at] ?? 0) + predicted(filter, left, above, corner);
    }
  }
  return bytes;
}

function predicted(filter: number, left: number, above: number, corner: number): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return above;
  if (filter === 3) return (left + above) >> 1;
  const guess = left + above - corner;
  const [toLeft, toAbove, toCorner] = [left, above, corner].map((each) => Math.abs(guess - each));
  if ((toLeft ?? 0) <= (toAbove ?? 0) && (toLeft ?? 0) <= (toCorner ?? 0)) return left;
  return (toAbove ?? 0) <= (toCorner ?? 0) ? above : corner;
}
