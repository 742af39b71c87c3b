# A page with a custom domain and its certificate. It refuses TLS below 1.2, which CloudFront does not do with its default
# certificate.
#
# The module creates no DNS record. Create one in your zone:
#
#   costs.example.com.  CNAME  {the output "points_to"}
#
# or, in Route 53, an alias of type A and one of type AAAA:
#
#   resource "aws_route53_record" "costs" {
#     for_each = toset(["A", "AAAA"])
#     zone_id  = "Z0123456789ABCDEFGHIJ"
#     name     = "costs.example.com"
#     type     = each.key
#
#     alias {
#       name                   = module.dapanoskop.distribution_domain_name
#       zone_id                = "Z2FDTNDATAQYW2" # the same for every CloudFront distribution
#       evaluate_target_health = false
#     }
#   }

terraform {
  required_version = ">= 1.5.0"
}

module "dapanoskop" {
  source = "../../"

  cognito_user_pool_id = "eu-central-1_AbCdEfGhI"
  cognito_domain       = "login.example.com"

  domain_name         = "costs.example.com"
  acm_certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/1234abcd-12ab-34cd-56ef-1234567890ab"
}

output "url" {
  description = "The address of the page."
  value       = module.dapanoskop.url
}

output "points_to" {
  description = "The target of the DNS record of costs.example.com."
  value       = module.dapanoskop.distribution_domain_name
}
