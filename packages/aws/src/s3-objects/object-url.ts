import { StoreError } from "@dapanoskop/core/store";
import { quoted } from "@dapanoskop/core/text";
import { s3Place } from "../s3-store/s3-url.ts";

/** A bucket, and a key in it or what keys begin with. */
export interface ObjectPlace {
  readonly bucket: string;
  /** Any text that S3 takes. With a slash at the end, or empty, it is a folder; else an object or a folder. */
  readonly key: string;
}

/** S3's own limit, in bytes of UTF-8. */
const LONGEST_KEY = 1024;

/**
 * Reads `s3://BUCKET/KEY`, as the console and the AWS CLI show it: nothing in it is encoded.
 * @throws StoreError `no-such-place`, saying what is wrong with it
 */
export function parseObjectUrl(url: string): ObjectPlace {
  const [, bucket = "", key = ""] = /^s3:\/\/([^/]*)\/?(.*)$/s.exec(url) ?? [];
  const place = s3Place(bucket);
  if (key.includes("\0") || Buffer.byteLength(key) > LONGEST_KEY) {
    throw new StoreError("no-such-place", null, `${quoted(url)} is not the address of an object in S3.`);
  }
  return { bucket: place.bucket, key };
}

export const objectName = ({ bucket, key }: ObjectPlace): string => `s3://${bucket}/${key}`;
