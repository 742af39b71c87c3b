import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";

/** A bucket of a moto server, for tests of other packages. */
export interface MotoBucket {
  /** Writes objects by key. */
  put(objects: Readonly<Record<string, string | Uint8Array>>): Promise<void>;
}

/** So many objects are written at once. */
const AT_ONCE = 50;

export async function motoBucket(endpoint: string, bucket: string): Promise<MotoBucket> {
  const credentials = { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret" };
  const client = new S3Client({ endpoint, region: "us-east-1", credentials, forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  return {
    async put(objects) {
      const entries = Object.entries(objects);
      for (let at = 0; at < entries.length; at += AT_ONCE) {
        const writing = entries.slice(at, at + AT_ONCE);
        await Promise.all(
          writing.map(([Key, Body]) => client.send(new PutObjectCommand({ Bucket: bucket, Key, Body }))),
        );
      }
    },
  };
}
