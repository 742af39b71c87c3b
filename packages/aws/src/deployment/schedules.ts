import {
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  EventBridgeClient,
  EventBridgeServiceException,
} from "@aws-sdk/client-eventbridge";
import { ask, clientOf, type DeploymentAccess } from "./request.ts";

/** A rule of EventBridge that invokes a function of the deployment. */
export interface ScheduleRule {
  readonly name: string;
  /** `cron(0 6 * * ? *)`, in UTC. */
  readonly expression: string;
  readonly enabled: boolean;
}

/** The schedules of a region. */
export interface Schedules {
  /** The rule of this name; `null` where there is none. @throws DeploymentError */
  find(name: string): Promise<ScheduleRule | null>;
  /** Resumes or pauses a rule. Nothing else of it changes. @throws DeploymentError */
  set(name: string, enabled: boolean): Promise<void>;
}

export function schedules(access: DeploymentAccess): Schedules {
  const client = new EventBridgeClient(clientOf(access));
  const asked = (verb: string, name: string, permission: string) => ({
    what: `${verb} the rule ${name}`,
    permission,
    service: "EventBridge",
    errors: EventBridgeServiceException,
  });
  return {
    async find(name) {
      const answer = await ask(
        { ...asked("read", name, "events:DescribeRule"), absent: ["ResourceNotFoundException"] },
        (options) => client.send(new DescribeRuleCommand({ Name: name }), options),
      );
      if (answer === null) return null;
      return {
        name,
        expression: answer.ScheduleExpression ?? "",
        enabled: answer.State !== "DISABLED",
      };
    },
    async set(name, enabled) {
      const [verb, permission, command] = enabled
        ? (["resume", "events:EnableRule", new EnableRuleCommand({ Name: name })] as const)
        : (["pause", "events:DisableRule", new DisableRuleCommand({ Name: name })] as const);
      await ask(asked(verb, name, permission), (options) =>
        command instanceof EnableRuleCommand ? client.send(command, options) : client.send(command, options),
      );
    },
  };
}
