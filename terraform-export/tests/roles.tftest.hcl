# Each function has its own role and its own log group. Needs Terraform 1.7 for the mocks. OpenTofu before 1.13 gives all instances of
# a resource one mocked value, so it cannot tell the two apart: it reads roles.tofutest.hcl instead.

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
  target = aws_iam_role.function["collect"]
  values = { arn = "arn:aws:iam::123456789012:role/dapanoskop-collect" }
}

override_resource {
  target = aws_iam_role.function["session"]
  values = { arn = "arn:aws:iam::123456789012:role/dapanoskop-session" }
}

override_resource {
  target = aws_cloudwatch_log_group.function["collect"]
  values = { arn = "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/dapanoskop-collect" }
}

override_resource {
  target = aws_cloudwatch_log_group.function["session"]
  values = { arn = "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/dapanoskop-session" }
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

run "each_function_has_its_own_role_and_log_group" {
  command = apply

  assert {
    condition     = one([for one in jsondecode(aws_s3_bucket_policy.private["data"].policy).Statement : one if one.Sid == "OnlyThePipelineWrites"]).Condition.ArnNotEquals["aws:PrincipalArn"] == "arn:aws:iam::123456789012:role/dapanoskop-collect"
    error_message = "Every principal but the pipeline's role must be denied."
  }

  assert {
    condition     = [for one in jsondecode(aws_kms_key.signing["a"].policy).Statement : one.Principal if contains(flatten([one.Action]), "kms:Sign")] == [{ AWS = "arn:aws:iam::123456789012:role/dapanoskop-session" }]
    error_message = "Only the session function may sign."
  }

  assert {
    condition = [for policy in [aws_iam_role_policy.collect.policy, aws_iam_role_policy.session.policy] :
      one([for one in jsondecode(policy).Statement : one if one.Sid == "WriteLogs"]).Resource
      ] == [
      "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/dapanoskop-collect:*",
      "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/dapanoskop-session:*",
    ]
    error_message = "A function must write to its own log group only."
  }
}
