import type { AccountPlace, ScheduleRule, Schedules } from "@dapanoskop/aws/deployment";
import { CommandError } from "../errors.ts";
import { silenceNodeVersionWarning } from "../store.ts";
import { checkName, type DeploymentNames, deploymentNames } from "./names.ts";

/** A deployment in AWS that a command works on. */
export interface FoundDeployment {
  readonly names: DeploymentNames;
  readonly place: AccountPlace;
  readonly schedules: Schedules;
  /** Its schedules as they are: of the collector, and of the report where there is one. */
  readonly found: readonly ScheduleRule[];
}

/** How a command line names a deployment. */
export interface GivenDeployment {
  readonly name: string;
  readonly region: string | null;
}

/** The account and region that a command line means, and the names in them. @throws UsageError, DeploymentError */
export async function deploymentPlace(command: string, { name, region }: GivenDeployment) {
  checkName(command, name);
  silenceNodeVersionWarning();
  const aws = await import("@dapanoskop/aws/deployment");
  const access = region === null ? {} : { region };
  const place = await aws.accountPlace(access);
  return { aws, access, place, names: deploymentNames(name, place.account, place.region) };
}

/**
 * Finds a deployment by the schedule of its collector.
 * @throws CommandError where there is none; UsageError, DeploymentError
 */
export async function openDeployment(command: string, given: GivenDeployment): Promise<FoundDeployment> {
  const { aws, access, place, names } = await deploymentPlace(command, given);
  const schedules = aws.schedules(access);
  const [collect, report] = await Promise.all([
    schedules.find(names.collectRule),
    schedules.find(names.reportRule),
  ]);
  if (collect === null) {
    throw new CommandError(
      `There is no deployment ${names.prefix} in ${place.region} of account ${place.account}: it has no rule ${names.collectRule}. Nothing was changed. Name the deployment by --name (its name_prefix) and --region, and check the credentials.`,
    );
  }
  return { names, place, schedules, found: report === null ? [collect] : [collect, report] };
}
