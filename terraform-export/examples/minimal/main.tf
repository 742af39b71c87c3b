# The required inputs: the user pool and its sign-in host. The page has the distribution's name, and there are no alarms.

terraform {
  required_version = ">= 1.5.0"
}

module "dapanoskop" {
  source = "../../"

  cognito_user_pool_id = "eu-central-1_AbCdEfGhI"
  cognito_domain       = "my-org.auth.eu-central-1.amazoncognito.com"
}

output "url" {
  description = "The address of the page."
  value       = module.dapanoskop.url
}
