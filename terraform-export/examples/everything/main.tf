# Every input, with another value than its default.

terraform {
  required_version = ">= 1.5.0"
}

module "dapanoskop" {
  source = "../../"

  name_prefix = "acme-costs"
  region      = "eu-west-1"

  # Tags, and what your organisation requires of every resource.
  environment              = "staging"
  cost_center              = "platform"
  tags                     = { Team = "finops", Owner = "finops@example.com" }
  permissions_boundary_arn = "arn:aws:iam::123456789012:policy/boundary"
  kms_key_arn              = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"

  # Who can sign in.
  cognito_user_pool_id = "eu-west-1_AbCdEfGhI"
  cognito_domain       = "login.example.com"
  allowed_groups       = ["finance", "engineering-leads"]
  identity_providers   = ["COGNITO", "CorporateSso"]
  signing_keys         = ["b", "a"]

  # The address of the page.
  domain_name         = "costs.example.com"
  acm_certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/1234abcd-12ab-34cd-56ef-1234567890ab"
  web_acl_arn         = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/costs/1234abcd-12ab-34cd-56ef-1234567890ab"
  price_class         = "PriceClass_All"

  # What is collected, and when.
  cost_category_name  = "CostCenter"
  tag_key             = "Workload"
  cost_metric         = "AmortizedCost"
  include_efs         = true
  include_ebs         = true
  split_charges       = false
  schedule_expression = "cron(30 5 * * ? *)"
  pipeline_memory_mb  = 512

  # The daily report: who gets it, by which way, and when.
  report_recipients          = ["finance@example.com", "cto@example.com"]
  report_sender              = "costs@example.com"
  report_schedule_expression = "cron(30 7 * * ? *)"
  slack_webhook_secret_arn   = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:slack-AbCdEf"
  teams_webhook_secret_arn   = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:teams-AbCdEf"
  report_webhook_secret_arn  = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:chat-AbCdEf"
  report_topic_arn           = "arn:aws:sns:eu-west-1:123456789012:reports"
  report_audiences           = jsonencode([{ name = "shop", channel = "mail", recipients = ["shop@example.com"], cost_centers = ["Shop"], schedule = "weekly" }])
  report_log_retention_days  = 60

  # Plans, drift and budgets, for the page and for CI.
  api_enabled       = true
  api_ci_client_ids = ["1example23456789"]
  api_rate_limit    = 50
  api_burst_limit   = 100

  # Alarms and logs.
  alarm_email                  = "finops@example.com"
  billing_alarm_thresholds_usd = [400, 800]
  log_retention_days           = 365

  # The releases. These are the module's own; put newer ones into a folder.
  artifacts_dir    = "${path.module}/releases"
  page_version     = "0.1.0"
  pipeline_version = "0.1.0"
}

output "everything" {
  description = "All outputs of the module."
  value       = module.dapanoskop
}
