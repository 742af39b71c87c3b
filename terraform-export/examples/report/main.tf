# The daily report: by mail to finance, weekly to the owners of one cost center, and to a Slack channel on unusual days.
#
# Verify the sender's domain in SES, in the region of the module, and leave the SES sandbox: in it SES sends to verified
# addresses only. For a domain in Route 53:
#
#   resource "aws_sesv2_email_identity" "costs" {
#     email_identity = "example.com"
#   }
#
#   resource "aws_route53_record" "dkim" {
#     count   = 3
#     zone_id = "Z0123456789ABCDEFGHIJ"
#     name    = "${aws_sesv2_email_identity.costs.dkim_signing_attributes[0].tokens[count.index]}._domainkey"
#     type    = "CNAME"
#     ttl     = 3600
#     records = ["${aws_sesv2_email_identity.costs.dkim_signing_attributes[0].tokens[count.index]}.dkim.amazonses.com"]
#   }
#
# The value of the secret is the address of the Slack webhook. Write it outside of Terraform, so that no state contains it:
#
#   aws secretsmanager create-secret --name slack --secret-string https://hooks.slack.com/services/…

terraform {
  required_version = ">= 1.5.0"
}

module "dapanoskop" {
  source = "../../"

  cognito_user_pool_id = "eu-central-1_AbCdEfGhI"
  cognito_domain       = "my-org.auth.eu-central-1.amazoncognito.com"
  alarm_email          = "finops@example.com"

  report_recipients = ["finance@example.com"]
  report_sender     = "costs@example.com"

  report_audiences = jsonencode([
    {
      name         = "shop"
      channel      = "mail"
      recipients   = ["shop-owners@example.com"]
      cost_centers = ["Shop"]
      schedule     = "weekly"
    },
    {
      name       = "platform"
      channel    = "slack"
      secret_arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:slack-AbCdEf"
      schedule   = "anomalies"
    },
  ])
}

output "report_function_name" {
  description = "The function that sends the report."
  value       = module.dapanoskop.report_function_name
}
