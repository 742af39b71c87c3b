import { UsageError } from "../errors.ts";

/** The same rule as that of the module's input name_prefix. */
const PREFIX = /^[a-z][a-z0-9-]{1,24}[a-z0-9]$/;

/** The names that a deployment has in AWS, by its prefix, account and region, as the module makes them. */
export interface DeploymentNames {
  readonly prefix: string;
  readonly collectRule: string;
  readonly reportRule: string;
  readonly collectFunction: string;
  readonly dataBucket: string;
  /** Of Parameter Store: the host of the page and of the sign-in. */
  readonly settings: string;
  readonly stateBucket: string;
  readonly lockTable: string;
  /** How the names of all alarms begin. */
  readonly alarms: string;
}

export const deploymentNames = (prefix: string, account: string, region: string): DeploymentNames => ({
  prefix,
  collectRule: `${prefix}-collect`,
  reportRule: `${prefix}-report`,
  collectFunction: `${prefix}-collect`,
  dataBucket: `${prefix}-data-${account}-${region}`,
  settings: `/${prefix}/session`,
  stateBucket: `${prefix}-tfstate-${account}`,
  lockTable: `${prefix}-tfstate-lock`,
  alarms: `${prefix}-`,
});

/** @throws UsageError when no deployment can have this name */
export function checkName(command: string, prefix: string): void {
  if (PREFIX.test(prefix)) return;
  throw new UsageError(
    command,
    "--name must be a name_prefix: 3 to 26 characters, a-z, 0-9 and hyphens, beginning with a letter.",
  );
}
