# What the module's policies allow and deny. Needs OpenTofu 1.8 or Terraform 1.7 for the mocks.

mock_provider "aws" {
  mock_data "aws_region" {
    defaults = { id = "eu-central-1", name = "eu-central-1" }
  }

  mock_data "aws_caller_identity" {
    defaults = { id = "123456789012", account_id = "123456789012" }
  }

  mock_data "aws_partition" {
    defaults = { id = "aws", partition = "aws", dns_suffix = "amazonaws.com" }
  }

  mock_data "aws_kms_public_key" {
    defaults = { public_key_pem = "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n" }
  }

  mock_resource "aws_kms_key" {
    defaults = {
      arn    = "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-8444-555555555555"
      key_id = "11111111-2222-3333-8444-555555555555"
    }
  }

  mock_resource "aws_lambda_function" {
    defaults = { arn = "arn:aws:lambda:eu-central-1:123456789012:function:mocked" }
  }

  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:eu-central-1:123456789012:dapanoskop-alarms" }
  }

  mock_resource "aws_sqs_queue" {
    defaults = { arn = "arn:aws:sqs:eu-central-1:123456789012:dapanoskop-dead-letters" }
  }

  mock_resource "aws_cloudwatch_event_rule" {
    defaults = { arn = "arn:aws:events:eu-central-1:123456789012:rule/dapanoskop-collect" }
  }

  mock_resource "aws_cloudfront_distribution" {
    defaults = {
      arn         = "arn:aws:cloudfront::123456789012:distribution/EDFDVBD6EXAMPLE"
      domain_name = "d111111abcdef8.cloudfront.net"
    }
  }

  mock_resource "aws_cloudfront_function" {
    defaults = { arn = "arn:aws:cloudfront::123456789012:function/mocked" }
  }

  mock_resource "aws_apigatewayv2_api" {
    defaults = {
      api_endpoint  = "https://1example23.execute-api.eu-central-1.amazonaws.com"
      execution_arn = "arn:aws:execute-api:eu-central-1:123456789012:1example23"
    }
  }

  mock_resource "aws_cognito_user_pool_client" {
    defaults = { id = "1example23456789" }
  }
}

mock_provider "aws" {
  alias = "us_east_1"

  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:us-east-1:123456789012:key/66666666-7777-8888-9999-000000000000" }
  }

  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:us-east-1:123456789012:dapanoskop-billing" }
  }
}

override_resource {
  target = aws_s3_bucket.data
  values = { arn = "arn:aws:s3:::data" }
}

override_resource {
  target = aws_s3_bucket.app
  values = { arn = "arn:aws:s3:::app" }
}

override_resource {
  target = aws_iam_role.function
  values = { arn = "arn:aws:iam::123456789012:role/dapanoskop-function" }
}

override_resource {
  target = aws_cloudwatch_log_group.function
  values = { arn = "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/dapanoskop-function" }
}

override_resource {
  target = aws_iam_role.report
  values = { arn = "arn:aws:iam::123456789012:role/dapanoskop-report" }
}

override_resource {
  target = aws_iam_role.mail_events
  values = { arn = "arn:aws:iam::123456789012:role/dapanoskop-mail-events" }
}

override_resource {
  target = aws_s3_bucket.plans
  values = { arn = "arn:aws:s3:::plans" }
}

override_resource {
  target = aws_iam_role.api
  values = { arn = "arn:aws:iam::123456789012:role/dapanoskop-api" }
}

override_resource {
  target = aws_cloudwatch_log_group.api
  values = { arn = "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/dapanoskop-api" }
}

override_resource {
  target = aws_cloudwatch_log_group.api_access
  values = { arn = "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/vendedlogs/dapanoskop-api" }
}

variables {
  cognito_user_pool_id = "eu-central-1_AbCdEfGhI"
  cognito_domain       = "my-org.auth.eu-central-1.amazoncognito.com"
}

run "only_the_pipeline_writes_data" {
  command = apply

  assert {
    condition     = one([for one in jsondecode(aws_s3_bucket_policy.private["data"].policy).Statement : one if one.Sid == "OnlyThePipelineWrites"]).Condition.ArnNotEquals["aws:PrincipalArn"] == aws_iam_role.function["collect"].arn
    error_message = "Every principal but the pipeline's role must be denied."
  }

  assert {
    condition     = one([for one in jsondecode(aws_s3_bucket_policy.private["data"].policy).Statement : one if one.Sid == "OnlyThePipelineWrites"]).Effect == "Deny" && one([for one in jsondecode(aws_s3_bucket_policy.private["data"].policy).Statement : one if one.Sid == "OnlyThePipelineWrites"]).Principal == "*" && one([for one in jsondecode(aws_s3_bucket_policy.private["data"].policy).Statement : one if one.Sid == "OnlyThePipelineWrites"]).Resource == "arn:aws:s3:::data/*"
    error_message = "The denial must apply to every principal and every object."
  }

  assert {
    condition     = toset(one([for one in jsondecode(aws_s3_bucket_policy.private["data"].policy).Statement : one if one.Sid == "OnlyThePipelineWrites"]).Action) == toset(["s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion"])
    error_message = "Writing and deleting must both be denied."
  }

  assert {
    condition     = one([for one in jsondecode(aws_s3_bucket_policy.private["data"].policy).Statement : one if one.Sid == "StagedFilesAreWrittenOnce"]).Condition.Null["s3:if-none-match"] == "true" && one([for one in jsondecode(aws_s3_bucket_policy.private["data"].policy).Statement : one if one.Sid == "StagedFilesAreWrittenOnce"]).Resource == "arn:aws:s3:::data/_runs/*"
    error_message = "Staged files must not be overwritten."
  }

  assert {
    condition     = one([for one in jsondecode(aws_s3_bucket_policy.private["data"].policy).Statement : one if one.Sid == "IndexIsReplacedConditionally"]).Condition.Null == { "s3:if-match" = "true", "s3:if-none-match" = "true" } && one([for one in jsondecode(aws_s3_bucket_policy.private["data"].policy).Statement : one if one.Sid == "IndexIsReplacedConditionally"]).Resource == "arn:aws:s3:::data/index.json"
    error_message = "The index must be replaced only with a condition on the version that was read."
  }
}

run "only_this_distribution_reads_the_buckets" {
  command = apply

  assert {
    condition = alltrue(flatten([for policy in [
      aws_s3_bucket_policy.private["data"].policy,
      aws_s3_bucket_policy.private["app"].policy,
      ] : [
      for one in jsondecode(policy).Statement : one.Effect == "Deny" || (
        one.Principal == { Service = "cloudfront.amazonaws.com" } &&
        one.Condition == { ArnEquals = { "aws:SourceArn" = aws_cloudfront_distribution.page.arn } } &&
        contains(["s3:GetObject", "s3:ListBucket"], one.Action)
      )
    ]]))
    error_message = "Only this distribution may be allowed, and only to read."
  }

  assert {
    condition = alltrue([for policy in [aws_s3_bucket_policy.private["data"].policy, aws_s3_bucket_policy.private["app"].policy] : alltrue([
      for sid in ["TlsOnly", "NoOldTls"] : one([for one in jsondecode(policy).Statement : one.Effect if one.Sid == sid]) == "Deny"
    ])])
    error_message = "Both buckets must deny requests without TLS 1.2."
  }

  assert {
    condition = alltrue([for one in [aws_s3_bucket_public_access_block.private["data"], aws_s3_bucket_public_access_block.private["app"]] :
      one.block_public_acls && one.block_public_policy && one.ignore_public_acls && one.restrict_public_buckets
    ])
    error_message = "Both buckets must block public access."
  }

  assert {
    condition     = !aws_s3_bucket.data.force_destroy && !aws_s3_bucket.app.force_destroy && aws_s3_bucket_versioning.data.versioning_configuration[0].status == "Enabled"
    error_message = "The data bucket must keep versions, and no bucket may be emptied when it is destroyed."
  }
}

run "each_role_allows_only_what_its_code_calls" {
  command = apply

  assert {
    condition = toset(flatten([for one in jsondecode(aws_iam_role_policy.collect.policy).Statement : one.Action])) == toset([
      "logs:CreateLogStream", "logs:PutLogEvents", "xray:PutTelemetryRecords", "xray:PutTraceSegments",
      "ce:DescribeCostCategoryDefinition", "ce:GetCostAndUsage", "ce:GetCostCategories", "ce:GetCostForecast", "ce:GetTags", "ce:ListCostCategoryDefinitions",
      "s3:GetObject", "s3:PutObject", "s3:ListBucket",
      "sqs:SendMessage",
    ])
    error_message = "The collector must be allowed to read the bill, publish, log, trace and send dead letters, and nothing else."
  }

  assert {
    condition = toset(flatten([for one in jsondecode(aws_iam_role_policy.session.policy).Statement : one.Action])) == toset([
      "logs:CreateLogStream", "logs:PutLogEvents", "xray:PutTelemetryRecords", "xray:PutTraceSegments", "kms:Sign", "ssm:GetParameter",
    ])
    error_message = "The session function must be allowed to sign, read its settings, log and trace, and nothing else."
  }

  assert {
    condition = alltrue(flatten([for policy in [
      aws_iam_role_policy.collect.policy,
      aws_iam_role_policy.session.policy,
      ] : [
      for one in jsondecode(policy).Statement : one.Resource != "*" || alltrue([for action in flatten([one.Action]) : startswith(action, "ce:") || startswith(action, "xray:Put")])
    ]]))
    error_message = "Only permissions for Cost Explorer may have the resource *, since all billing views and cost categories may be read, and traces, which have none."
  }

  assert {
    condition = alltrue(flatten([for policy in [
      aws_iam_role_policy.collect.policy,
      aws_iam_role_policy.session.policy,
      ] : [
      for one in jsondecode(policy).Statement : !anytrue([for action in flatten([one.Action]) : strcontains(action, "Delete") || strcontains(action, "*")])
    ]]))
    error_message = "No role may be allowed to delete, and every action must be named in full."
  }

  assert {
    condition     = one([for one in jsondecode(aws_iam_role_policy.collect.policy).Statement : one if one.Sid == "WriteLogs"]).Resource == "${aws_cloudwatch_log_group.function["collect"].arn}:*" && one([for one in jsondecode(aws_iam_role_policy.session.policy).Statement : one if one.Sid == "WriteLogs"]).Resource == "${aws_cloudwatch_log_group.function["session"].arn}:*"
    error_message = "A function must write to its own log group only."
  }

  assert {
    condition = alltrue([for role in [aws_iam_role.function["collect"], aws_iam_role.function["session"]] :
      [for one in jsondecode(role.assume_role_policy).Statement : one.Principal] == [{ Service = "lambda.amazonaws.com" }]
    ])
    error_message = "Only Lambda may assume the roles."
  }
}

run "only_the_session_function_signs" {
  command = apply

  assert {
    condition     = [for one in jsondecode(aws_kms_key.signing["a"].policy).Statement : one.Principal if contains(flatten([one.Action]), "kms:Sign")] == [{ AWS = aws_iam_role.function["session"].arn }]
    error_message = "Only the session function may sign; the key's administrators may not."
  }

  assert {
    condition     = !anytrue([for one in jsondecode(aws_kms_key.signing["a"].policy).Statement : anytrue([for action in flatten([one.Action]) : strcontains(action, "*") || action == "kms:CreateGrant"])])
    error_message = "No principal may grant the right to sign."
  }

  assert {
    condition     = aws_kms_key.signing["a"].key_usage == "SIGN_VERIFY" && aws_kms_key.signing["a"].customer_master_key_spec == "RSA_2048"
    error_message = "CloudFront requires RSA 2048."
  }

  assert {
    condition     = endswith(aws_cloudfront_public_key.signing["a"].encoded_key, "-----END PUBLIC KEY-----\n")
    error_message = "The key must end in a newline, or every plan would replace it."
  }

  assert {
    condition     = one([for one in jsondecode(aws_iam_role_policy.session.policy).Statement : one if one.Sid == "SignCookies"]).Resource == [aws_kms_key.signing["a"].arn] && one([for one in jsondecode(aws_iam_role_policy.session.policy).Statement : one if one.Sid == "SignCookies"]).Condition.StringEquals["kms:SigningAlgorithm"] == "RSASSA_PKCS1_V1_5_SHA_256"
    error_message = "The function must sign with its own key and with the algorithm that CloudFront verifies."
  }

  assert {
    condition     = alltrue([for one in jsondecode(aws_kms_key.signing["a"].policy).Statement : one.Condition.StringEquals["kms:SigningAlgorithm"] == "RSASSA_PKCS1_V1_5_SHA_256" if contains(flatten([one.Action]), "kms:Sign")])
    error_message = "The key's policy must allow the algorithm that CloudFront verifies, and no other."
  }
}

run "only_cloudfront_calls_the_session_function" {
  command = apply

  assert {
    condition     = aws_lambda_function_url.session.authorization_type == "AWS_IAM"
    error_message = "The function's URL must require IAM authorization."
  }

  assert {
    condition = alltrue([for one in [aws_lambda_permission.cloudfront["url"], aws_lambda_permission.cloudfront["invoke"]] :
      one.principal == "cloudfront.amazonaws.com" && one.source_arn == aws_cloudfront_distribution.page.arn
    ])
    error_message = "Only this distribution may call it."
  }

  assert {
    condition     = toset([aws_lambda_permission.cloudfront["url"].action, aws_lambda_permission.cloudfront["invoke"].action]) == toset(["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"])
    error_message = "CloudFront needs both permissions."
  }

  assert {
    condition     = aws_cloudfront_origin_access_control.origin["session"].signing_behavior == "always" && aws_cloudfront_origin_access_control.origin["buckets"].signing_behavior == "always"
    error_message = "CloudFront must sign its requests."
  }
}

run "only_the_schedule_sends_dead_letters" {
  command = apply

  assert {
    condition     = one([for one in jsondecode(aws_sqs_queue_policy.dead_letters.policy).Statement : one if one.Sid == "ScheduleSendsUndelivered"]).Condition.ArnEquals["aws:SourceArn"] == aws_cloudwatch_event_rule.collect.arn
    error_message = "EventBridge may send dead letters for this rule only."
  }

  assert {
    condition     = [for one in jsondecode(aws_sqs_queue_policy.dead_letters.policy).Statement : one.Sid if one.Effect == "Allow"] == ["ScheduleSendsUndelivered"]
    error_message = "No other principal may be allowed."
  }

  assert {
    condition     = aws_sqs_queue.dead_letters.sqs_managed_sse_enabled && aws_sqs_queue.dead_letters.message_retention_seconds == 14 * 24 * 3600
    error_message = "Dead letters must be encrypted and kept for 14 days."
  }
}

run "alarms_can_publish_to_their_topics" {
  command = apply

  variables {
    alarm_email = "finops@example.com"
  }

  assert {
    condition = alltrue([for at in [
      { key = aws_kms_key.alarms[0], topic = aws_sns_topic.alarms[0], policy = aws_sns_topic_policy.alarms[0].policy },
      { key = aws_kms_key.billing[0], topic = aws_sns_topic.billing[0], policy = aws_sns_topic_policy.billing[0].policy },
      ] :
      at.topic.kms_master_key_id == at.key.arn
    ])
    error_message = "Each topic must be encrypted with the key that CloudWatch may use."
  }

  assert {
    condition = alltrue([for at in [
      { key = aws_kms_key.alarms[0], topic = aws_sns_topic.alarms[0], policy = aws_sns_topic_policy.alarms[0].policy },
      { key = aws_kms_key.billing[0], topic = aws_sns_topic.billing[0], policy = aws_sns_topic_policy.billing[0].policy },
      ] :
      toset(one([for one in jsondecode(at.key.policy).Statement : one.Action if one.Principal == { Service = "cloudwatch.amazonaws.com" }])) == toset(["kms:Decrypt", "kms:GenerateDataKey*"])
    ])
    error_message = "CloudWatch must be allowed to use the key, or alarms would be lost without an error."
  }

  assert {
    condition = alltrue([for at in [
      { key = aws_kms_key.alarms[0], topic = aws_sns_topic.alarms[0], policy = aws_sns_topic_policy.alarms[0].policy },
      { key = aws_kms_key.billing[0], topic = aws_sns_topic.billing[0], policy = aws_sns_topic_policy.billing[0].policy },
      ] :
      one([for one in jsondecode(at.policy).Statement : one if one.Effect == "Allow"]).Condition == { StringEquals = { "aws:SourceAccount" = "123456789012" } }
    ])
    error_message = "Only alarms of this account may publish."
  }

  assert {
    condition     = aws_sns_topic.billing[0].arn != aws_sns_topic.alarms[0].arn && startswith(aws_sns_topic.billing[0].arn, "arn:aws:sns:us-east-1:")
    error_message = "The topic of the billing alarms must be in us-east-1, where AWS publishes the bill."
  }
}

run "kms_key_arn_encrypts_the_data" {
  command = apply

  variables {
    kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"
  }

  assert {
    condition = one(aws_s3_bucket_server_side_encryption_configuration.private["data"].rule).apply_server_side_encryption_by_default[0] == {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = var.kms_key_arn
    }
    error_message = "The data bucket must be encrypted with the key of the input."
  }

  assert {
    condition     = one(aws_s3_bucket_server_side_encryption_configuration.private["data"].rule).bucket_key_enabled
    error_message = "A bucket key must avoid a request to KMS for every object."
  }

  assert {
    condition     = one([for one in jsondecode(aws_iam_role_policy.collect.policy).Statement : one if one.Sid == "UseTheDataKey"]).Resource == var.kms_key_arn && toset(one([for one in jsondecode(aws_iam_role_policy.collect.policy).Statement : one if one.Sid == "UseTheDataKey"]).Action) == toset(["kms:Decrypt", "kms:GenerateDataKey"])
    error_message = "The collector must be allowed to use this key, and no other."
  }

  assert {
    condition     = one(aws_s3_bucket_server_side_encryption_configuration.private["app"].rule).apply_server_side_encryption_by_default[0].sse_algorithm == "AES256"
    error_message = "The page's files are not secret: S3's own keys must encrypt them."
  }
}

run "the_report_allows_only_what_its_inputs_name" {
  command = apply

  variables {
    report_recipients        = ["finance@example.com"]
    report_sender            = "costs@example.com"
    slack_webhook_secret_arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:slack-AbCdEf"
    report_topic_arn         = "arn:aws:sns:eu-central-1:123456789012:reports"
  }

  assert {
    condition = toset(flatten([for one in jsondecode(aws_iam_role_policy.report[0].policy).Statement : one.Action])) == toset([
      "logs:CreateLogStream", "logs:PutLogEvents", "xray:PutTelemetryRecords", "xray:PutTraceSegments",
      "s3:GetObject", "s3:ListBucket",
      "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query",
      "ses:SendEmail", "secretsmanager:GetSecretValue", "sns:Publish",
      "sqs:SendMessage",
    ])
    error_message = "The report must be allowed to read the data, keep its state, send, log, trace and send dead letters, and nothing else."
  }

  assert {
    condition     = one([for one in jsondecode(aws_iam_role_policy.report[0].policy).Statement : one if one.Sid == "SendMail"]).Condition == { StringEquals = { "ses:FromAddress" = "costs@example.com" } }
    error_message = "The report must send mails from the sender of the input, and from no other."
  }

  assert {
    condition = (
      one([for one in jsondecode(aws_iam_role_policy.report[0].policy).Statement : one if one.Sid == "ReadAddressesOfWebhooks"]).Resource == [var.slack_webhook_secret_arn] &&
      one([for one in jsondecode(aws_iam_role_policy.report[0].policy).Statement : one if one.Sid == "PublishToTopics"]).Resource == [var.report_topic_arn]
    )
    error_message = "The report must read the secrets and publish to the topics of the inputs, and no others."
  }

  assert {
    condition = toset(flatten([for one in jsondecode(aws_iam_role_policy.mail_events[0].policy).Statement : one.Action])) == toset([
      "logs:CreateLogStream", "logs:PutLogEvents", "xray:PutTelemetryRecords", "xray:PutTraceSegments",
      "dynamodb:GetItem", "dynamodb:PutItem",
      "sqs:SendMessage",
    ])
    error_message = "The function of SES's events must be allowed to keep state, log, trace and send dead letters, and nothing else."
  }

  assert {
    condition = one([for one in jsondecode(aws_sns_topic_policy.mail_events[0].policy).Statement : one if one.Effect == "Allow"]).Condition == {
      StringEquals = { "aws:SourceAccount" = "123456789012" }
      ArnEquals    = { "aws:SourceArn" = "arn:aws:ses:eu-central-1:123456789012:configuration-set/dapanoskop-report" }
    }
    error_message = "Only the report's configuration set may publish SES's events."
  }

  assert {
    condition     = aws_lambda_permission.report_publication[0].source_arn == aws_s3_bucket.data.arn && aws_lambda_permission.report_publication[0].source_account == "123456789012"
    error_message = "Only this account's data bucket may invoke the report after a publication."
  }
}

run "the_api_allows_only_what_its_code_calls" {
  command = apply

  variables {
    api_enabled = true
  }

  assert {
    condition = toset(flatten([for one in jsondecode(aws_iam_role_policy.api[0].policy).Statement : one.Action])) == toset([
      "logs:CreateLogStream", "logs:PutLogEvents", "xray:PutTelemetryRecords", "xray:PutTraceSegments",
      "ce:GetCostAndUsage",
      "s3:GetObject", "s3:ListBucket", "s3:PutObject", "s3:DeleteObject",
      "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:DeleteItem",
      "ssm:GetParameter",
    ])
    error_message = "The API must be allowed to read the data and the bill, keep plans and its state, log and trace, and nothing else."
  }

  assert {
    condition = alltrue([
      for one in jsondecode(aws_iam_role_policy.api[0].policy).Statement :
      one.Resource == "arn:aws:s3:::plans/*" if contains(flatten([one.Action]), "s3:PutObject") || contains(flatten([one.Action]), "s3:DeleteObject")
    ])
    error_message = "The API must write and delete in the bucket of plans only."
  }

  assert {
    condition = (
      aws_lambda_permission.api[0].principal == "apigateway.amazonaws.com" &&
      aws_lambda_permission.api[0].source_arn == "${aws_apigatewayv2_api.api[0].execution_arn}/*/*"
    )
    error_message = "Only its gateway may invoke the function."
  }

  assert {
    condition = (
      aws_s3_bucket_public_access_block.plans[0].block_public_policy && aws_s3_bucket_public_access_block.plans[0].restrict_public_buckets &&
      alltrue([for one in jsondecode(aws_s3_bucket_policy.plans[0].policy).Statement : one.Effect == "Deny"]) &&
      [for one in jsondecode(aws_s3_bucket_policy.plans[0].policy).Statement : one.Sid] == ["TlsOnly", "NoOldTls"]
    )
    error_message = "The bucket of plans must be closed to the public and deny requests without TLS 1.2."
  }

  assert {
    condition     = !aws_s3_bucket.plans[0].force_destroy && aws_s3_bucket_versioning.plans[0].versioning_configuration[0].status == "Enabled" && aws_s3_bucket_lifecycle_configuration.plans[0].rule[0].noncurrent_version_expiration[0].noncurrent_days == 30
    error_message = "The bucket of plans must keep old versions for 30 days, and must not be emptied when it is destroyed."
  }
}
