# The least: whose people may sign in, and where. The page is at CloudFront's own name, and nobody is mailed.

module "dapanoskop" {
  source = "../../"

  cognito_user_pool_id = "eu-central-1_AbCdEfGhI"
  cognito_domain       = "my-org.auth.eu-central-1.amazoncognito.com"
}

output "url" {
  description = "Where the page is."
  value       = module.dapanoskop.url
}
