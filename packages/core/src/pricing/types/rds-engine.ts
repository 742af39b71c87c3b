import { UnknownValueError } from "../unknown-value.ts";

/**
 * The code of an engine and license in the operation of a bill and of AWS's price list (`CreateDBInstance:0014`): instances of
 * one class cost differently by engine.
 */
const OPERATIONS: Readonly<Record<string, string>> = {
  mysql: "0002",
  postgres: "0014",
  mariadb: "0018",
  aurora: "0016",
  "aurora-mysql": "0016",
  "aurora-postgresql": "0021",
  "oracle-se1 bring-your-own-license": "0003",
  "oracle-se bring-your-own-license": "0004",
  "oracle-ee bring-your-own-license": "0005",
  "oracle-ee-cdb bring-your-own-license": "0005",
  "oracle-se1 license-included": "0006",
  "oracle-se2 bring-your-own-license": "0019",
  "oracle-se2-cdb bring-your-own-license": "0019",
  "oracle-se2 license-included": "0020",
  "oracle-se2-cdb license-included": "0020",
  "sqlserver-ex license-included": "0010",
  "sqlserver-web license-included": "0011",
  "sqlserver-se license-included": "0012",
  "sqlserver-ee license-included": "0015",
};

/** What AWS takes where no license model is given: Oracle's Enterprise Edition is only there with one's own license. */
const defaultLicense = (engine: string) =>
  engine.startsWith("oracle-ee") ? "bring-your-own-license" : "license-included";

/** `CreateDBInstance:0014` for PostgreSQL. @throws UnknownValueError for an engine without a price model */
export function rdsOperation(engine: string, license: string | null): string {
  const names = [engine, `${engine} ${license ?? defaultLicense(engine)}`];
  const known = names.find((name) => Object.hasOwn(OPERATIONS, name));
  if (known === undefined) {
    throw new UnknownValueError("engine", `is ${engine.slice(0, 60)}, which has no price model`);
  }
  return `CreateDBInstance:${OPERATIONS[known]}`;
}
