import type { Lifecycle } from "./resource.ts";

/** Pulumi's classes that `infra/` may use, and their Terraform types. A class that is missing here is an error, not a guess. */
export const resourceTypes: ReadonlyMap<string, string> = new Map([
  ["apigatewayv2.Api", "aws_apigatewayv2_api"],
  ["apigatewayv2.Authorizer", "aws_apigatewayv2_authorizer"],
  ["apigatewayv2.Integration", "aws_apigatewayv2_integration"],
  ["apigatewayv2.Route", "aws_apigatewayv2_route"],
  ["apigatewayv2.Stage", "aws_apigatewayv2_stage"],
  ["budgets.Budget", "aws_budgets_budget"],
  ["cloudfront.CachePolicy", "aws_cloudfront_cache_policy"],
  ["cloudfront.Distribution", "aws_cloudfront_distribution"],
  ["cloudfront.Function", "aws_cloudfront_function"],
  ["cloudfront.KeyGroup", "aws_cloudfront_key_group"],
  ["cloudfront.OriginAccessControl", "aws_cloudfront_origin_access_control"],
  ["cloudfront.PublicKey", "aws_cloudfront_public_key"],
  ["cloudfront.ResponseHeadersPolicy", "aws_cloudfront_response_headers_policy"],
  ["cloudwatch.Dashboard", "aws_cloudwatch_dashboard"],
  ["cloudwatch.EventRule", "aws_cloudwatch_event_rule"],
  ["cloudwatch.EventTarget", "aws_cloudwatch_event_target"],
  ["cloudwatch.LogGroup", "aws_cloudwatch_log_group"],
  ["cloudwatch.MetricAlarm", "aws_cloudwatch_metric_alarm"],
  ["cognito.ResourceServer", "aws_cognito_resource_server"],
  ["cognito.User", "aws_cognito_user"],
  ["cognito.UserPool", "aws_cognito_user_pool"],
  ["cognito.UserPoolClient", "aws_cognito_user_pool_client"],
  ["cognito.UserPoolDomain", "aws_cognito_user_pool_domain"],
  ["dynamodb.Table", "aws_dynamodb_table"],
  ["iam.Role", "aws_iam_role"],
  ["iam.RolePolicy", "aws_iam_role_policy"],
  ["kms.Key", "aws_kms_key"],
  ["lambda.Function", "aws_lambda_function"],
  ["lambda.FunctionEventInvokeConfig", "aws_lambda_function_event_invoke_config"],
  ["lambda.FunctionUrl", "aws_lambda_function_url"],
  ["lambda.Permission", "aws_lambda_permission"],
  ["s3.Bucket", "aws_s3_bucket"],
  ["s3.BucketLifecycleConfiguration", "aws_s3_bucket_lifecycle_configuration"],
  ["s3.BucketNotification", "aws_s3_bucket_notification"],
  ["s3.BucketObjectv2", "aws_s3_object"],
  ["s3.BucketOwnershipControls", "aws_s3_bucket_ownership_controls"],
  ["s3.BucketPolicy", "aws_s3_bucket_policy"],
  ["s3.BucketPublicAccessBlock", "aws_s3_bucket_public_access_block"],
  ["s3.BucketServerSideEncryptionConfiguration", "aws_s3_bucket_server_side_encryption_configuration"],
  ["s3.BucketVersioning", "aws_s3_bucket_versioning"],
  ["sesv2.ConfigurationSet", "aws_sesv2_configuration_set"],
  ["sesv2.ConfigurationSetEventDestination", "aws_sesv2_configuration_set_event_destination"],
  ["sns.Topic", "aws_sns_topic"],
  ["sns.TopicPolicy", "aws_sns_topic_policy"],
  ["sns.TopicSubscription", "aws_sns_topic_subscription"],
  ["sqs.Queue", "aws_sqs_queue"],
  ["sqs.QueuePolicy", "aws_sqs_queue_policy"],
  ["ssm.Parameter", "aws_ssm_parameter"],
]);

export const dataTypes: ReadonlySet<string> = new Set([
  "aws_caller_identity",
  "aws_kms_public_key",
  "aws_partition",
  "aws_region",
]);

/** Arguments whose two names differ in more than spelling: `{type}.{Pulumi's name}` → Terraform's name. */
export const argumentNames: ReadonlyMap<string, string> = new Map([
  ["aws_cloudwatch_metric_alarm.name", "alarm_name"],
  ["aws_lambda_permission.function", "function_name"],
  ["aws_sns_topic_subscription.topic", "topic_arn"],
]);

/** Attributes whose two names differ in more than spelling, likewise. */
export const outputNames: ReadonlyMap<string, string> = new Map([
  ["aws_lambda_function.name", "function_name"],
]);

/** Orders of replacement that Pulumi keeps by itself and Terraform must be given. */
export const lifecycles: ReadonlyMap<string, Pick<Lifecycle, "createBeforeDestroy">> = new Map([
  // CloudFront refuses to delete a key that is in a group, so the key leaves its group first.
  ["aws_cloudfront_public_key", { createBeforeDestroy: true }],
]);

/** `orderedCacheBehavior` → `ordered_cache_behavior`. */
export const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
