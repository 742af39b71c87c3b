# What the inputs choose between. Needs OpenTofu 1.8 or Terraform 1.7 for the mocks.

mock_provider "aws" {
  mock_data "aws_region" {
    defaults = { id = "eu-central-1", name = "eu-central-1" }
  }

  mock_data "aws_caller_identity" {
    defaults = { id = "123456789012", account_id = "123456789012" }
  }

  mock_data "aws_partition" {
    defaults = { id = "aws", partition = "aws" }
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
  target = aws_iam_role.collect
  values = { arn = "arn:aws:iam::123456789012:role/dapanoskop-collect" }
}

override_resource {
  target = aws_iam_role.session
  values = { arn = "arn:aws:iam::123456789012:role/dapanoskop-session" }
}

override_resource {
  target = aws_cloudwatch_log_group.collect
  values = { arn = "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/dapanoskop-collect" }
}

override_resource {
  target = aws_cloudwatch_log_group.session
  values = { arn = "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/dapanoskop-session" }
}

variables {
  cognito_user_pool_id = "eu-central-1_AbCdEfGhI"
  cognito_domain       = "my-org.auth.eu-central-1.amazoncognito.com"
}

run "nobody_is_mailed_without_an_address" {
  command = plan

  assert {
    condition = length(flatten([
      aws_sns_topic.alarms, aws_sns_topic.billing, aws_kms_key.alarms, aws_kms_key.billing,
      aws_cloudwatch_metric_alarm.collect_errors, aws_cloudwatch_metric_alarm.no_success, aws_cloudwatch_metric_alarm.billing_early,
    ])) == 0
    error_message = "Without alarm_email there must be no alarm, no topic and no key that costs."
  }

  assert {
    condition     = output.alarm_topic_arn == null && output.billing_topic_arn == null
    error_message = "What is not there must read null."
  }
}

run "an_address_brings_all_alarms" {
  command = apply

  variables {
    alarm_email                  = "finops@example.com"
    billing_alarm_thresholds_usd = [400, 800]
  }

  assert {
    condition = alltrue([
      for alarm in [
        aws_cloudwatch_metric_alarm.collect_errors, aws_cloudwatch_metric_alarm.collect_throttles,
        aws_cloudwatch_metric_alarm.no_success, aws_cloudwatch_metric_alarm.stale_data,
        aws_cloudwatch_metric_alarm.months_held, aws_cloudwatch_metric_alarm.dead_letters,
        aws_cloudwatch_metric_alarm.session_errors, aws_cloudwatch_metric_alarm.session_throttles,
      ] : one(alarm).alarm_actions == toset([aws_sns_topic.alarms[0].arn])
    ])
    error_message = "Every alarm must be there once, and tell the topic."
  }

  assert {
    condition = alltrue([
      for alarm in [aws_cloudwatch_metric_alarm.no_success[0], aws_cloudwatch_metric_alarm.stale_data[0]] :
      alarm.treat_missing_data == "breaching" && alarm.evaluation_periods == alarm.datapoints_to_alarm
    ])
    error_message = "Silence must be bad news."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.no_success[0].evaluation_periods == 26 && aws_cloudwatch_metric_alarm.no_success[0].period == 3600
    error_message = "A day and two hours without a success must wake somebody."
  }

  assert {
    condition     = [aws_cloudwatch_metric_alarm.billing_early[0].threshold, aws_cloudwatch_metric_alarm.billing_late[0].threshold] == [400, 800]
    error_message = "The safety net must hang where it was asked for."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.billing_early[0].alarm_actions == toset([aws_sns_topic.billing[0].arn])
    error_message = "The bill's alarms must tell their own topic, in their own region."
  }

  assert {
    condition     = [aws_sns_topic_subscription.alarms[0].endpoint, aws_sns_topic_subscription.billing[0].endpoint] == ["finops@example.com", "finops@example.com"]
    error_message = "Both topics must reach the address."
  }
}

run "the_page_has_a_name_of_cloudfront" {
  command = apply

  assert {
    condition     = length(aws_cloudfront_distribution.page.aliases) == 0 && aws_cloudfront_distribution.page.viewer_certificate[0].cloudfront_default_certificate
    error_message = "Without a certificate there must be no name of one's own."
  }

  assert {
    condition     = output.url == "https://d111111abcdef8.cloudfront.net" && jsondecode(aws_ssm_parameter.session.value).host == "d111111abcdef8.cloudfront.net"
    error_message = "Page and function must know the same host."
  }

  assert {
    condition     = aws_cognito_user_pool_client.page.callback_urls == toset(["https://d111111abcdef8.cloudfront.net/callback"])
    error_message = "Sign-in must come back to the distribution, and nowhere else."
  }
}

run "the_page_has_a_name_of_its_own" {
  command = apply

  variables {
    domain_name         = "costs.example.com"
    acm_certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/1234abcd-12ab-34cd-56ef-1234567890ab"
  }

  assert {
    condition     = aws_cloudfront_distribution.page.aliases == toset(["costs.example.com"])
    error_message = "The distribution must answer to the name."
  }

  assert {
    condition = (
      aws_cloudfront_distribution.page.viewer_certificate[0].acm_certificate_arn == var.acm_certificate_arn &&
      aws_cloudfront_distribution.page.viewer_certificate[0].minimum_protocol_version == "TLSv1.2_2021" &&
      aws_cloudfront_distribution.page.viewer_certificate[0].ssl_support_method == "sni-only"
    )
    error_message = "With a certificate of one's own, TLS begins at 1.2."
  }

  assert {
    condition     = output.url == "https://costs.example.com" && jsondecode(aws_ssm_parameter.session.value).host == "costs.example.com"
    error_message = "Page and function must know the same host."
  }

  assert {
    condition = aws_cognito_user_pool_client.page.callback_urls == toset([
      "https://d111111abcdef8.cloudfront.net/callback", "https://costs.example.com/callback",
    ])
    error_message = "Sign-in must come back to either name, and nowhere else."
  }
}

run "signed_cookies_are_demanded_for_data_alone" {
  command = apply

  assert {
    condition = alltrue([
      for at in aws_cloudfront_distribution.page.ordered_cache_behavior :
      try(one(at.trusted_key_groups), null) == (at.target_origin_id == "data" ? aws_cloudfront_key_group.data.id : null)
    ])
    error_message = "Whatever comes from the data bucket must be signed for, and nothing else."
  }

  assert {
    condition     = length([for at in aws_cloudfront_distribution.page.ordered_cache_behavior : at if at.target_origin_id == "data"]) > 0
    error_message = "There must be a way to the data."
  }

  assert {
    condition = (
      aws_cloudfront_distribution.page.default_cache_behavior[0].target_origin_id == "page" &&
      try(one(aws_cloudfront_distribution.page.default_cache_behavior[0].trusted_key_groups), null) == null
    )
    error_message = "What is nothing else is the page, which everybody may load."
  }
}

run "encryption_is_s3s_own_by_default" {
  command = plan

  assert {
    condition     = one(aws_s3_bucket_server_side_encryption_configuration.data.rule).apply_server_side_encryption_by_default[0].sse_algorithm == "AES256"
    error_message = "Without a key, S3 encrypts by its own, at no price."
  }

  assert {
    condition     = !one(aws_s3_bucket_server_side_encryption_configuration.data.rule).bucket_key_enabled
    error_message = "Without a key there must be no bucket key."
  }
}

run "resources_carry_our_tags_and_the_adopters" {
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
    error_message = "Every resource must carry these five."
  }
}

run "inputs_reach_the_collector" {
  command = apply

  variables {
    cost_category_name  = "CostCenter"
    tag_key             = "Workload"
    cost_metric         = "AmortizedCost"
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
      INCLUDE_EFS        = "true"
      INCLUDE_EBS        = "true"
      SPLIT_CHARGES      = "false"
    })
    error_message = "The collector must be told what was chosen, and nothing else."
  }

  assert {
    condition     = aws_lambda_function.collect.memory_size == 512 && aws_lambda_function.collect.timeout == 300
    error_message = "The collector must have the memory that was asked for, and five minutes."
  }

  assert {
    condition     = aws_cloudwatch_event_rule.collect.schedule_expression == "rate(12 hours)"
    error_message = "The schedule must be the one that was given."
  }

  assert {
    condition     = [aws_cloudwatch_log_group.collect.retention_in_days, aws_cloudwatch_log_group.session.retention_in_days] == [365, 365]
    error_message = "Both logs must end when they were asked to."
  }
}

run "one_key_signs" {
  command = apply

  variables {
    signing_keys = ["a"]
  }

  assert {
    condition     = keys(aws_kms_key.signing) == ["a"] && length(aws_cloudfront_key_group.data.items) == 1
    error_message = "One key must be trusted."
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
    error_message = "The function must be told the new key first: the first one signs."
  }

  assert {
    condition     = aws_cloudfront_key_group.data.items == toset([aws_cloudfront_public_key.signing["a"].id, aws_cloudfront_public_key.signing["b"].id])
    error_message = "Cookies of either key must open the data."
  }
}

run "the_old_key_goes" {
  command = apply

  variables {
    signing_keys = ["b"]
  }

  assert {
    condition     = keys(aws_kms_key.signing) == ["b"] && aws_cloudfront_key_group.data.items == toset([aws_cloudfront_public_key.signing["b"].id])
    error_message = "The old key must be trusted no more."
  }
}
