# The choices that the inputs offer. Needs OpenTofu 1.8 or Terraform 1.7 for the mocks.

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

run "no_alarms_without_alarm_email" {
  command = plan

  assert {
    condition = length(flatten([
      aws_sns_topic.alarms, aws_sns_topic.billing, aws_kms_key.alarms, aws_kms_key.billing,
      values(aws_cloudwatch_metric_alarm.failure), values(aws_cloudwatch_metric_alarm.overdue), values(aws_cloudwatch_metric_alarm.billing),
    ])) == 0
    error_message = "Without alarm_email there must be no alarm, no topic and no key, which has a price."
  }

  assert {
    condition     = output.alarm_topic_arn == null && output.billing_topic_arn == null
    error_message = "The outputs of topics that do not exist must be null."
  }
}

run "alarm_email_creates_every_alarm" {
  command = apply

  variables {
    alarm_email                  = "finops@example.com"
    billing_alarm_thresholds_usd = [400, 800]
  }

  assert {
    condition = (
      keys(aws_cloudwatch_metric_alarm.failure) == ["collect-errors", "collect-throttles", "dead-letters", "months-quarantined", "session-errors", "session-throttles"] &&
      keys(aws_cloudwatch_metric_alarm.overdue) == ["no-success", "stale-data"] &&
      keys(aws_cloudwatch_metric_alarm.billing) == ["early", "late"]
    )
    error_message = "Every alarm must exist."
  }

  assert {
    condition = alltrue([
      for alarm in concat(values(aws_cloudwatch_metric_alarm.failure), values(aws_cloudwatch_metric_alarm.overdue)) :
      alarm.alarm_actions == toset([aws_sns_topic.alarms[0].arn]) && alarm.ok_actions == alarm.alarm_actions
    ])
    error_message = "Every alarm must notify the topic."
  }

  assert {
    condition = alltrue([
      for alarm in aws_cloudwatch_metric_alarm.overdue :
      alarm.treat_missing_data == "breaching" && alarm.evaluation_periods == alarm.datapoints_to_alarm
    ])
    error_message = "A missing metric must raise the alarm, and only after the whole window."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.overdue["no-success"].evaluation_periods == 26 && aws_cloudwatch_metric_alarm.overdue["no-success"].period == 3600
    error_message = "26 hours without a success must raise the alarm."
  }

  assert {
    condition     = [aws_cloudwatch_metric_alarm.billing["early"].threshold, aws_cloudwatch_metric_alarm.billing["late"].threshold] == [400, 800]
    error_message = "The billing alarms must have the thresholds of the input."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.billing["early"].alarm_actions == toset([aws_sns_topic.billing[0].arn])
    error_message = "The billing alarms must notify their own topic, in their own region."
  }

  assert {
    condition     = [aws_sns_topic_subscription.alarms[0].endpoint, aws_sns_topic_subscription.billing[0].endpoint] == ["finops@example.com", "finops@example.com"]
    error_message = "Both topics must have a subscription of the address."
  }
}

run "without_domain_name_the_page_has_the_distributions_name" {
  command = apply

  assert {
    condition     = length(aws_cloudfront_distribution.page.aliases) == 0 && aws_cloudfront_distribution.page.viewer_certificate[0].cloudfront_default_certificate
    error_message = "Without a certificate the distribution must have no alias."
  }

  assert {
    condition     = output.url == "https://d111111abcdef8.cloudfront.net" && jsondecode(aws_ssm_parameter.session.value).host == "d111111abcdef8.cloudfront.net"
    error_message = "The output and the settings of the session function must have the same host."
  }

  assert {
    condition     = aws_cognito_user_pool_client.page.callback_urls == toset(["https://d111111abcdef8.cloudfront.net/callback"])
    error_message = "Sign-in must return to the distribution, and to no other address."
  }
}

run "domain_name_is_the_pages_name" {
  command = apply

  variables {
    domain_name         = "costs.example.com"
    acm_certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/1234abcd-12ab-34cd-56ef-1234567890ab"
  }

  assert {
    condition     = aws_cloudfront_distribution.page.aliases == toset(["costs.example.com"])
    error_message = "The distribution must have the name as an alias."
  }

  assert {
    condition = (
      aws_cloudfront_distribution.page.viewer_certificate[0].acm_certificate_arn == var.acm_certificate_arn &&
      aws_cloudfront_distribution.page.viewer_certificate[0].minimum_protocol_version == "TLSv1.2_2021" &&
      aws_cloudfront_distribution.page.viewer_certificate[0].ssl_support_method == "sni-only"
    )
    error_message = "With a certificate, the lowest TLS version must be 1.2."
  }

  assert {
    condition     = output.url == "https://costs.example.com" && jsondecode(aws_ssm_parameter.session.value).host == "costs.example.com"
    error_message = "The output and the settings of the session function must have the same host."
  }

  assert {
    condition = aws_cognito_user_pool_client.page.callback_urls == toset([
      "https://d111111abcdef8.cloudfront.net/callback", "https://costs.example.com/callback",
    ])
    error_message = "Sign-in must return to either name, and to no other address."
  }
}

run "signed_cookies_are_required_for_data_only" {
  command = apply

  assert {
    condition = alltrue([
      for at in aws_cloudfront_distribution.page.ordered_cache_behavior :
      try(one(at.trusted_key_groups), null) == (at.target_origin_id == "data" ? aws_cloudfront_key_group.data.id : null)
    ])
    error_message = "Every path of the data bucket must require signed cookies, and no other path."
  }

  assert {
    condition     = length([for at in aws_cloudfront_distribution.page.ordered_cache_behavior : at if at.target_origin_id == "data"]) > 0
    error_message = "At least one path must lead to the data bucket."
  }

  assert {
    condition = (
      aws_cloudfront_distribution.page.default_cache_behavior[0].target_origin_id == "page" &&
      try(one(aws_cloudfront_distribution.page.default_cache_behavior[0].trusted_key_groups), null) == null
    )
    error_message = "Every other path must be the page, which needs no cookies."
  }
}

run "encryption_uses_s3_keys_by_default" {
  command = plan

  assert {
    condition     = one(aws_s3_bucket_server_side_encryption_configuration.private["data"].rule).apply_server_side_encryption_by_default[0].sse_algorithm == "AES256"
    error_message = "Without kms_key_arn S3 must encrypt with its own keys, which have no price."
  }

  assert {
    condition     = !one(aws_s3_bucket_server_side_encryption_configuration.private["data"].rule).bucket_key_enabled
    error_message = "Without kms_key_arn there must be no bucket key."
  }
}

run "resources_have_the_modules_tags_and_the_inputs_tags" {
  command = plan

  variables {
    environment = "staging"
    cost_center = "platform"
    tags        = { Team = "finops" }
  }

  assert {
    condition = tomap(local.tags) == tomap({
      Project     = "Dapanoskop"
      Environment = "staging"
      ManagedBy   = "OpenTofu"
      CostCenter  = "platform"
      Team        = "finops"
    })
    error_message = "Every resource must have these five tags."
  }
}

run "inputs_reach_the_collector" {
  command = apply

  variables {
    cost_category_name  = "CostCenter"
    tag_key             = "Workload"
    cost_metric         = "AmortizedCost"
    billing_view_arn    = "arn:aws:billing::123456789012:billingview/primary"
    linked_accounts     = "123456789012,111122223333"
    include_efs         = true
    include_ebs         = true
    split_charges       = false
    schedule_expression = "rate(12 hours)"
    pipeline_memory_mb  = 512
    log_retention_days  = 365
  }

  assert {
    condition = aws_lambda_function.collect.environment[0].variables == tomap({
      DATA_BUCKET        = aws_s3_bucket.data.bucket
      COST_CATEGORY_NAME = "CostCenter"
      TAG_KEY            = "Workload"
      COST_METRIC        = "AmortizedCost"
      BILLING_VIEW_ARN   = "arn:aws:billing::123456789012:billingview/primary"
      LINKED_ACCOUNTS    = "123456789012,111122223333"
      INCLUDE_EFS        = "true"
      INCLUDE_EBS        = "true"
      SPLIT_CHARGES      = "false"
    })
    error_message = "The collector's environment must contain the inputs, and nothing else."
  }

  assert {
    condition     = aws_lambda_function.collect.memory_size == 512 && aws_lambda_function.collect.timeout == 300
    error_message = "The collector must have the memory of the input, and five minutes."
  }

  assert {
    condition     = aws_cloudwatch_event_rule.collect.schedule_expression == "rate(12 hours)"
    error_message = "The schedule must be that of the input."
  }

  assert {
    condition     = [aws_cloudwatch_log_group.function["collect"].retention_in_days, aws_cloudwatch_log_group.function["session"].retention_in_days] == [365, 365]
    error_message = "Both log groups must have the retention of the input."
  }
}

run "one_key_signs" {
  command = apply

  variables {
    signing_keys = ["a"]
  }

  assert {
    condition     = keys(aws_kms_key.signing) == ["a"] && length(aws_cloudfront_key_group.data.items) == 1
    error_message = "The key group must contain one key."
  }
}

run "a_new_key_signs_while_both_are_trusted" {
  command = apply

  variables {
    signing_keys = ["b", "a"]
  }

  assert {
    condition = (
      [for key in jsondecode(aws_ssm_parameter.session.value).signing_keys : key.key_pair_id] ==
      [aws_cloudfront_public_key.signing["b"].id, aws_cloudfront_public_key.signing["a"].id]
    )
    error_message = "The function's settings must list the new key first: the first key signs."
  }

  assert {
    condition     = aws_cloudfront_key_group.data.items == toset([aws_cloudfront_public_key.signing["a"].id, aws_cloudfront_public_key.signing["b"].id])
    error_message = "The key group must contain both keys."
  }
}

run "a_removed_key_is_not_trusted" {
  command = apply

  variables {
    signing_keys = ["b"]
  }

  assert {
    condition     = keys(aws_kms_key.signing) == ["b"] && aws_cloudfront_key_group.data.items == toset([aws_cloudfront_public_key.signing["b"].id])
    error_message = "The key group must not contain the old key."
  }
}

run "no_report_without_an_audience" {
  command = plan

  variables {
    alarm_email      = "finops@example.com"
    report_sender    = "costs@example.com"
    report_audiences = "[]"
  }

  assert {
    condition = length(flatten([
      aws_dynamodb_table.state, aws_lambda_function.report, aws_lambda_function.mail_events, aws_cloudwatch_event_rule.report,
      aws_s3_bucket_notification.report, aws_sqs_queue.report_dead_letters, aws_sns_topic.mail_events, aws_sesv2_configuration_set.report,
      values(aws_cloudwatch_metric_alarm.report_failure), values(aws_cloudwatch_metric_alarm.report_overdue), values(aws_cloudwatch_metric_alarm.mail_failure),
    ])) == 0
    error_message = "Without a recipient, a webhook, a topic and an audience nothing of the report must exist."
  }

  assert {
    condition     = output.report_function_name == null && output.state_table_name == null
    error_message = "The outputs of a report that does not exist must be null."
  }
}

run "an_audience_of_a_webhook_needs_no_mail" {
  command = apply

  variables {
    alarm_email      = "finops@example.com"
    report_audiences = jsonencode([{ name = "platform", channel = "slack", secret_arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:slack-AbCdEf" }])
  }

  assert {
    condition     = length(aws_lambda_function.report) == 1 && length(aws_sesv2_configuration_set.report) == 0 && length(aws_lambda_function.mail_events) == 0
    error_message = "Without mails there must be no configuration set and no function of SES's events."
  }

  assert {
    condition     = one([for one in jsondecode(aws_iam_role_policy.report[0].policy).Statement : one.Resource if one.Sid == "ReadAddressesOfWebhooks"]) == ["arn:aws:secretsmanager:eu-central-1:123456789012:secret:slack-AbCdEf"]
    error_message = "The report must be allowed to read the secret of the audience."
  }
}

run "report_recipients_get_a_mail" {
  command = apply

  variables {
    alarm_email                = "finops@example.com"
    report_recipients          = ["finance@example.com", "cto@example.com"]
    report_sender              = "costs@example.com"
    report_schedule_expression = "cron(30 7 * * ? *)"
    report_log_retention_days  = 60
  }

  assert {
    condition = aws_lambda_function.report[0].environment[0].variables == tomap({
      DATA_BUCKET               = aws_s3_bucket.data.bucket
      STATE_TABLE               = "dapanoskop-state"
      DASHBOARD_URL             = output.url
      SES_CONFIGURATION_SET     = "dapanoskop-report"
      REPORT_RECIPIENTS         = "finance@example.com,cto@example.com"
      REPORT_SENDER             = "costs@example.com"
      REPORT_SCHEDULE           = "cron(30 7 * * ? *)"
      SLACK_WEBHOOK_SECRET_ARN  = ""
      TEAMS_WEBHOOK_SECRET_ARN  = ""
      REPORT_WEBHOOK_SECRET_ARN = ""
      REPORT_TOPIC_ARN          = ""
      REPORT_AUDIENCES          = ""
    })
    error_message = "The report's environment must contain the inputs, and nothing else."
  }

  assert {
    condition     = aws_lambda_function.report[0].memory_size == 512 && aws_lambda_function.report[0].timeout == 60 && aws_cloudwatch_event_rule.report[0].schedule_expression == "cron(30 7 * * ? *)"
    error_message = "The report must have 512 MB, a minute, and the schedule of the input."
  }

  assert {
    condition     = [aws_cloudwatch_log_group.report[0].retention_in_days, aws_cloudwatch_log_group.mail_events[0].retention_in_days] == [60, 60]
    error_message = "The logs of the report must have the retention of the input."
  }

  assert {
    condition     = aws_dynamodb_table.state[0].deletion_protection_enabled && aws_dynamodb_table.state[0].point_in_time_recovery[0].enabled && aws_dynamodb_table.state[0].ttl[0].attribute_name == "expires"
    error_message = "The table must be protected and restorable, and must forget old records."
  }

  assert {
    condition = alltrue([
      for alarm in concat(values(aws_cloudwatch_metric_alarm.report_failure), values(aws_cloudwatch_metric_alarm.report_overdue), values(aws_cloudwatch_metric_alarm.mail_failure)) :
      alarm.alarm_actions == toset([aws_sns_topic.alarms[0].arn]) && alarm.ok_actions == alarm.alarm_actions
    ])
    error_message = "Every alarm of the report must notify the topic."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.report_overdue["no-report"].evaluation_periods == 25 && aws_cloudwatch_metric_alarm.report_overdue["no-report"].treat_missing_data == "breaching"
    error_message = "25 hours without a report must raise the alarm."
  }
}

run "no_api_without_api_enabled" {
  command = plan

  variables {
    alarm_email       = "finops@example.com"
    api_ci_client_ids = ["1example23456789"]
    api_rate_limit    = 50
    api_burst_limit   = 100
  }

  assert {
    condition = length(flatten([
      aws_apigatewayv2_api.api, aws_apigatewayv2_stage.api, aws_apigatewayv2_authorizer.api, aws_apigatewayv2_integration.api,
      values(aws_apigatewayv2_route.api), aws_lambda_function.api, aws_s3_bucket.plans, aws_cognito_resource_server.api,
      aws_dynamodb_table.state, aws_cloudwatch_log_group.api, aws_cloudwatch_log_group.api_access, aws_iam_role.api,
      values(aws_cloudwatch_metric_alarm.api_failure),
    ])) == 0
    error_message = "Without api_enabled nothing of the API must exist."
  }

  assert {
    condition = (
      !contains([for at in aws_cloudfront_distribution.page.ordered_cache_behavior : at.path_pattern], "/api/*") &&
      !contains([for at in aws_cloudfront_distribution.page.origin : at.origin_id], "api") &&
      aws_cognito_user_pool_client.page.allowed_oauth_scopes == toset(["openid", "email"]) &&
      output.api_function_name == null
    )
    error_message = "Without api_enabled the distribution must have no path to the API, and the page's client no scope of it."
  }
}

run "api_enabled_creates_the_api" {
  command = apply

  variables {
    alarm_email       = "finops@example.com"
    api_enabled       = true
    api_ci_client_ids = ["2example3456789a"]
    api_rate_limit    = 50
    api_burst_limit   = 100
  }

  assert {
    condition = (
      one([for at in aws_cloudfront_distribution.page.origin : at.domain_name if at.origin_id == "api"]) == "1example23.execute-api.eu-central-1.amazonaws.com" &&
      one([for at in aws_cloudfront_distribution.page.ordered_cache_behavior : at.target_origin_id if at.path_pattern == "/api/*"]) == "api"
    )
    error_message = "CloudFront must send /api/* to the gateway."
  }

  assert {
    condition = aws_apigatewayv2_authorizer.api[0].jwt_configuration[0] == {
      issuer   = "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEfGhI"
      audience = toset(["1example23456789", "2example3456789a"])
    }
    error_message = "The gateway must accept tokens of the pool for the page's client and those of CI, and no others."
  }

  assert {
    condition = alltrue([
      for one in aws_apigatewayv2_route.api :
      one.authorization_type == "JWT" && length(one.authorization_scopes) > 0 && startswith(split(" ", one.route_key)[1], "/api/")
    ])
    error_message = "Every route must demand a token with a scope."
  }

  assert {
    condition = alltrue([
      for one in aws_apigatewayv2_route.api :
      can(regex("^((GET|POST) /api/(plans|drift)(/|$)|GET /api/status$|PUT /api/plans/\\{id\\}/state$)", one.route_key)) if contains(one.authorization_scopes, "dapanoskop/plans")
    ])
    error_message = "The scope of CI must reach plans, drift and the status alone."
  }

  assert {
    condition = (
      aws_apigatewayv2_stage.api[0].default_route_settings[0].throttling_rate_limit == 50 &&
      aws_apigatewayv2_stage.api[0].default_route_settings[0].throttling_burst_limit == 100 &&
      !strcontains(aws_apigatewayv2_stage.api[0].access_log_settings[0].format, "authorization") &&
      !strcontains(aws_apigatewayv2_stage.api[0].access_log_settings[0].format, "sourceIp")
    )
    error_message = "The API must have the limits of the inputs, and a log without tokens and addresses."
  }

  assert {
    condition = (
      jsondecode(aws_ssm_parameter.session.value).api_ci_client_ids == ["2example3456789a"] &&
      aws_cognito_user_pool_client.page.allowed_oauth_scopes == toset(["openid", "email", "dapanoskop/read", "dapanoskop/write"]) &&
      jsondecode(aws_s3_object.config.content).api
    )
    error_message = "The function, the page's client and the page must know of the API."
  }

  assert {
    condition     = length(aws_dynamodb_table.state) == 1 && length(aws_lambda_function.report) == 0 && keys(aws_cloudwatch_metric_alarm.api_failure) == ["api-errors", "api-function-errors", "api-throttles"]
    error_message = "The API must have its table and its alarms, and needs no report."
  }
}
