/** Where a state is kept. */
export interface StatePlace {
  readonly bucket: string;
  readonly key: string;
  readonly region: string;
  /** The table that locks the state; `null` locks it by a file beside it. */
  readonly table: string | null;
}

/** The backend block of OpenTofu and Terraform, as `fmt` formats it. */
export function backendBlock({ bucket, key, region, table }: StatePlace): string {
  const rows: readonly (readonly [string, string])[] = [
    ["bucket", JSON.stringify(bucket)],
    ["key", JSON.stringify(key)],
    ["region", JSON.stringify(region)],
    ["encrypt", "true"],
    table === null ? ["use_lockfile", "true"] : ["dynamodb_table", JSON.stringify(table)],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(([name, value]) => `    ${name.padEnd(width)} = ${value}`);
  return `terraform {\n  backend "s3" {\n${lines.join("\n")}\n  }\n}\n`;
}
