# Every wrong input is refused by the plan. Needs OpenTofu 1.8 or Terraform 1.7 for the mocks.

# OpenTofu mocks values in plans too, so they must have the formats that the provider checks.
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

run "refuses_a_pool_id_of_another_format" {
  command = plan

  variables {
    cognito_user_pool_id = "my-pool"
  }

  expect_failures = [var.cognito_user_pool_id]
}

run "refuses_an_empty_pool_id" {
  command = plan

  variables {
    cognito_user_pool_id = ""
    cognito_domain       = ""
  }

  expect_failures = [var.cognito_user_pool_id, var.cognito_domain]
}

run "refuses_a_sign_in_host_with_a_scheme" {
  command = plan

  variables {
    cognito_domain = "https://login.example.com"
  }

  expect_failures = [var.cognito_domain]
}

run "refuses_a_domain_without_a_certificate" {
  command = plan

  variables {
    domain_name = "costs.example.com"
  }

  expect_failures = [terraform_data.checked]
}

run "refuses_a_certificate_without_a_domain" {
  command = plan

  variables {
    acm_certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/1234abcd-12ab-34cd-56ef-1234567890ab"
  }

  expect_failures = [terraform_data.checked]
}

run "refuses_a_pool_of_another_region" {
  command = plan

  variables {
    cognito_user_pool_id = "eu-west-1_AbCdEfGhI"
  }

  expect_failures = [terraform_data.checked]
}

run "refuses_a_key_of_another_region" {
  command = plan

  variables {
    kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  }

  expect_failures = [terraform_data.checked]
}

run "refuses_a_domain_with_a_scheme_and_a_certificate_of_another_region" {
  command = plan

  variables {
    domain_name         = "https://costs.example.com"
    acm_certificate_arn = "arn:aws:acm:eu-central-1:123456789012:certificate/1234abcd-12ab-34cd-56ef-1234567890ab"
  }

  expect_failures = [var.domain_name, var.acm_certificate_arn]
}

run "refuses_a_prefix_too_long_for_a_bucket" {
  command = plan

  variables {
    name_prefix = "a23456789-123456789-1234567"
  }

  expect_failures = [var.name_prefix]
}

run "refuses_a_prefix_that_aws_reserves" {
  command = plan

  variables {
    name_prefix = "aws-costs"
  }

  expect_failures = [var.name_prefix]
}

run "refuses_a_cron_of_five_fields" {
  command = plan

  variables {
    schedule_expression = "cron(0 6 * * *)"
  }

  expect_failures = [var.schedule_expression]
}

run "refuses_a_cron_with_both_day_fields" {
  command = plan

  variables {
    schedule_expression = "cron(0 6 * * * *)"
  }

  expect_failures = [var.schedule_expression]
}

run "refuses_a_schedule_of_every_minute" {
  command = plan

  variables {
    schedule_expression = "rate(1 minute)"
  }

  expect_failures = [var.schedule_expression]
}

run "refuses_tags_that_differ_from_the_modules_tags_in_case_only" {
  command = plan

  variables {
    tags = { project = "mine" }
  }

  expect_failures = [var.tags]
}

run "refuses_a_rate_without_a_number" {
  command = plan

  variables {
    schedule_expression = "rate(1 days)"
  }

  expect_failures = [var.schedule_expression]
}

run "refuses_an_unknown_metric" {
  command = plan

  variables {
    cost_metric = "ListPrice"
  }

  expect_failures = [var.cost_metric]
}

run "refuses_a_tag_key_with_forbidden_characters" {
  command = plan

  variables {
    tag_key = "App;Name"
  }

  expect_failures = [var.tag_key]
}

run "refuses_a_retention_that_cloudwatch_does_not_offer" {
  command = plan

  variables {
    log_retention_days = 45
  }

  expect_failures = [var.log_retention_days]
}

run "refuses_texts_of_another_format" {
  command = plan

  variables {
    region                   = "Frankfurt"
    environment              = "prod;uction"
    cost_center              = ""
    tags                     = { "Team;Name" = "finops" }
    permissions_boundary_arn = "arn:aws:iam::123456789012:role/boundary"
    kms_key_arn              = "arn:aws:kms:eu-central-1:123456789012:alias/data"
    web_acl_arn              = "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/costs/1234abcd"
    cost_category_name       = " "
    price_class              = "PriceClass_300"
    alarm_email              = "finops"
    page_version             = "latest"
    pipeline_version         = "v1.2.3"
    pipeline_memory_mb       = 128
  }

  expect_failures = [
    var.region,
    var.environment,
    var.cost_center,
    var.tags,
    var.permissions_boundary_arn,
    var.kms_key_arn,
    var.web_acl_arn,
    var.cost_category_name,
    var.price_class,
    var.alarm_email,
    var.page_version,
    var.pipeline_version,
    var.pipeline_memory_mb,
  ]
}

run "refuses_lists_with_wrong_elements" {
  command = plan

  variables {
    tags                         = { Team = "fin|ops" }
    allowed_groups               = ["finance team"]
    identity_providers           = ["Corporate SSO"]
    signing_keys                 = ["A key"]
    billing_alarm_thresholds_usd = [0, 50]
    pipeline_memory_mb           = 512.5
  }

  expect_failures = [
    var.tags,
    var.allowed_groups,
    var.identity_providers,
    var.signing_keys,
    var.billing_alarm_thresholds_usd,
    var.pipeline_memory_mb,
  ]
}

run "refuses_lists_too_short" {
  command = plan

  variables {
    identity_providers           = []
    signing_keys                 = []
    billing_alarm_thresholds_usd = [25]
  }

  expect_failures = [var.identity_providers, var.signing_keys, var.billing_alarm_thresholds_usd]
}

run "refuses_lists_too_long" {
  command = plan

  variables {
    tags                         = { a = "1", b = "2", c = "3", d = "4", e = "5", f = "6", g = "7" }
    allowed_groups               = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"]
    signing_keys                 = ["a", "b", "c"]
    billing_alarm_thresholds_usd = [25, 50, 100]
  }

  expect_failures = [
    var.tags,
    var.allowed_groups,
    var.signing_keys,
    var.billing_alarm_thresholds_usd,
  ]
}

run "refuses_duplicate_elements" {
  command = plan

  variables {
    tags                         = { Project = "mine" }
    signing_keys                 = ["a", "a"]
    billing_alarm_thresholds_usd = [50, 50]
  }

  expect_failures = [var.tags, var.signing_keys, var.billing_alarm_thresholds_usd]
}

run "refuses_a_missing_release" {
  command = plan

  variables {
    page_version = "99.0.0"
  }

  expect_failures = [terraform_data.checked]
}

run "refuses_mails_without_a_sender" {
  command = plan

  variables {
    report_recipients = ["finance@example.com"]
  }

  expect_failures = [terraform_data.checked]
}

run "refuses_an_audience_by_mail_without_a_sender" {
  command = plan

  variables {
    report_audiences = jsonencode([{ name = "shop", channel = "mail", recipients = ["shop@example.com"] }])
  }

  expect_failures = [terraform_data.checked]
}

run "refuses_inputs_of_the_report_of_another_format" {
  command = plan

  variables {
    report_recipients          = ["Finance <finance@example.com>"]
    report_sender              = "costs"
    report_schedule_expression = "rate(1 day)"
    slack_webhook_secret_arn   = "https://hooks.slack.com/services/T/B/x"
    report_topic_arn           = "arn:aws:sns:eu-central-1:123456789012:reports.fifo"
    report_audiences           = "{}"
    report_log_retention_days  = 2
  }

  expect_failures = [
    var.report_recipients,
    var.report_sender,
    var.report_schedule_expression,
    var.slack_webhook_secret_arn,
    var.report_topic_arn,
    var.report_audiences,
    var.report_log_retention_days,
  ]
}

run "refuses_wrong_inputs_of_the_api" {
  command = plan

  variables {
    api_ci_client_ids = ["a client"]
    api_rate_limit    = 0
    api_burst_limit   = 1.5
  }

  expect_failures = [var.api_ci_client_ids, var.api_rate_limit, var.api_burst_limit]
}

run "refuses_another_account_than_account_id" {
  command = plan

  variables {
    account_id = "999999999999"
  }

  expect_failures = [terraform_data.checked]
}

run "refuses_a_region_without_function_urls" {
  command = plan

  variables {
    refused_regions = ["eu-central-1"]
  }

  expect_failures = [terraform_data.checked]
}

run "refuses_another_runtime" {
  command = plan

  variables {
    lambda_runtime = "nodejs20.x"
  }

  expect_failures = [var.lambda_runtime]
}
