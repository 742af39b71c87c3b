/** Objects that others write, such as the exports of a bill in a bucket. They are read, never written. */
export interface ObjectReader {
  /** Where they are, for messages: `s3://bucket/exports/` */
  readonly place: string;
  /**
   * The object that the place names, else all objects below it, sorted by key.
   * @throws StoreError
   */
  list(): Promise<readonly ListedObject[]>;
  /**
   * Bytes of an object, from `start` to before `end`; `null` when it is not the listed version any more.
   * @throws StoreError
   */
  read(object: ListedObject, start: number, end: number): Promise<Uint8Array | null>;
}

export interface ListedObject {
  /** Below the place, with `/`. */
  readonly path: string;
  /** The whole name, for messages: `s3://bucket/exports/february.csv`. */
  readonly name: string;
  readonly bytes: number;
  /** Changes with the content. */
  readonly version: string;
}
