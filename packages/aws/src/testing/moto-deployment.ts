import {
  CloudWatchClient,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
} from "@aws-sdk/client-cloudwatch";
import { DescribeRuleCommand, EventBridgeClient, PutRuleCommand } from "@aws-sdk/client-eventbridge";
import {
  CreateBucketCommand,
  DeletePublicAccessBlockCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";

const CREDENTIALS = { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret" };

/** A deployment's resources in a moto server, as far as commands read them, for tests of other packages. */
export interface MotoDeployment {
  rule(name: string, expression: string): Promise<void>;
  ruleState(name: string): Promise<string | undefined>;
  parameter(name: string, value: string): Promise<void>;
  bucket(name: string, objects: Readonly<Record<string, string>>): Promise<void>;
  alarm(name: string, state: "OK" | "ALARM", region?: string): Promise<void>;
  metric(name: string, functionName: string, value: number, at: Date): Promise<void>;
  /** Takes versions and public access block from a bucket, and gives it a policy of its own. */
  neglect(bucket: string, policy: string): Promise<void>;
}

export function motoDeployment(endpoint: string, region: string): MotoDeployment {
  const access = { endpoint, region, credentials: CREDENTIALS };
  const [events, ssm, cloudWatch] = [
    new EventBridgeClient(access),
    new SSMClient(access),
    new CloudWatchClient(access),
  ];
  const s3 = new S3Client({ ...access, forcePathStyle: true });
  return {
    rule: async (Name, ScheduleExpression) =>
      void (await events.send(new PutRuleCommand({ Name, ScheduleExpression, State: "ENABLED" }))),
    ruleState: async (Name) => (await events.send(new DescribeRuleCommand({ Name }))).State,
    parameter: async (Name, Value) =>
      void (await ssm.send(new PutParameterCommand({ Name, Value, Type: "String", Overwrite: true }))),
    async bucket(Bucket, objects) {
      const CreateBucketConfiguration = { LocationConstraint: region as "eu-central-1" };
      await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
      for (const [Key, Body] of Object.entries(objects)) {
        await s3.send(new PutObjectCommand({ Bucket, Key, Body }));
      }
    },
    async alarm(AlarmName, StateValue, where = region) {
      const client = new CloudWatchClient({ ...access, region: where });
      await client.send(
        new PutMetricAlarmCommand({
          AlarmName,
          AlarmDescription: `${AlarmName} for a test.`,
          Namespace: "Dapanoskop",
          MetricName: "Errors",
          Statistic: "Sum",
          Period: 300,
          EvaluationPeriods: 1,
          Threshold: 0,
          ComparisonOperator: "GreaterThanThreshold",
        }),
      );
      await client.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: "a test" }));
    },
    async metric(MetricName, functionName, Value, Timestamp) {
      const Dimensions = [{ Name: "FunctionName", Value: functionName }];
      const MetricData = [{ MetricName, Dimensions, Value, Timestamp }];
      await cloudWatch.send(new PutMetricDataCommand({ Namespace: "Dapanoskop", MetricData }));
    },
    async neglect(Bucket, Policy) {
      await s3.send(
        new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Suspended" } }),
      );
      await s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
      await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    },
  };
}
