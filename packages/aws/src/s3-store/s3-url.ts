import { StoreError } from "@dapanoskop/core/store";
import { quoted } from "@dapanoskop/core/text";

/** A bucket and a prefix in it. */
export interface S3Place {
  readonly bucket: string;
  /** In front of every key: empty, or folders that each end in a slash, as in `finance/dapanoskop/`. */
  readonly prefix: string;
}

/**
 * Reads `s3://BUCKET[/PREFIX]`; it may end in a slash.
 * @throws StoreError `no-such-place`, saying what is wrong with it
 */
export function parseStoreUrl(url: string): S3Place {
  if (!url.startsWith("s3://")) {
    throw notAPlace(`${quoted(url)} is not an address in S3. It reads s3://BUCKET or s3://BUCKET/PREFIX.`);
  }
  const [bucket = "", ...folders] = url.slice("s3://".length).split("/");
  return s3Place(bucket, folders.join("/"));
}

/** @throws StoreError `no-such-place`, saying what is wrong with bucket or prefix */
export function s3Place(bucket: string, prefix = ""): S3Place {
  checkBucket(bucket);
  const folders = prefix.replace(/(?<=[^/])\/$/, "");
  checkPrefix(folders);
  return { bucket, prefix: folders === "" ? "" : `${folders}/` };
}

/** `s3://BUCKET[/PREFIX]`, without a slash at the end. */
export const placeName = ({ bucket, prefix }: S3Place): string =>
  `s3://${bucket}/${prefix}`.replace(/\/$/, "");

// The naming rules of general purpose buckets, S3 User Guide. An access point's alias has the form of a bucket and is used as one.
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const ADDRESS = /^\d{1,3}(\.\d{1,3}){3}$/;
const RESERVED = /^(xn--|sthree-|amzn-s3-demo-)|(--ol-s3|\.mrap|--table-s3)$/;

function checkBucket(bucket: string): void {
  const name = quoted(bucket);
  if (bucket.startsWith("arn:")) {
    throw notAPlace(`${name} is an ARN. Give the bucket's name instead, or an access point's alias.`);
  }
  if (bucket.endsWith("--x-s3")) {
    throw notAPlace(
      `${name} is a directory bucket (S3 Express One Zone): it has no versions to restore from. Choose a general purpose bucket.`,
    );
  }
  if (!BUCKET.test(bucket) || bucket.includes("..") || ADDRESS.test(bucket) || RESERVED.test(bucket)) {
    throw notAPlace(
      `${name} is not the name of a bucket: 3 to 63 lower-case letters, digits, dots and hyphens, a letter or digit at ` +
        "both ends, no two dots in a row, not an IP address, and none of the names that S3 reserves.",
    );
  }
}

// Narrower than S3 itself: these characters need no encoding in a URL, a listing or a glob.
const PREFIX = /^[A-Za-z0-9_=.-]+(\/[A-Za-z0-9_=.-]+)*$/;
const LONGEST_PREFIX = 512;

function checkPrefix(prefix: string): void {
  const dots = prefix.split("/").some((folder) => folder === "." || folder === "..");
  if (prefix === "" || (PREFIX.test(prefix) && prefix.length <= LONGEST_PREFIX && !dots)) return;
  throw notAPlace(
    `${quoted(prefix)} is not a prefix to publish under: folders of letters, digits and _ = . -, with one slash between ` +
      `two of them, none of them . or .., at most ${LONGEST_PREFIX} characters.`,
  );
}

const notAPlace = (sentence: string) => new StoreError("no-such-place", null, sentence);
