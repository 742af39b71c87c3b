# Providers of the caller: here with a role of another account, in whose name everything is created. The module in child/ has
# no providers of its own, so it can also have count, for_each and depends_on. It tags its resources by itself.

terraform {
  required_version = ">= 1.5.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.98.0, < 7.0.0"
    }
  }
}

provider "aws" {
  region = "eu-central-1"

  # assume_role {
  #   role_arn = "arn:aws:iam::123456789012:role/finops"
  # }
}

provider "aws" {
  alias  = "billing"
  region = "us-east-1"
}

module "dapanoskop" {
  source = "../../child"
  count  = 1

  providers = {
    aws           = aws
    aws.us_east_1 = aws.billing
  }

  cognito_user_pool_id = "eu-central-1_AbCdEfGhI"
  cognito_domain       = "my-org.auth.eu-central-1.amazoncognito.com"
}

output "url" {
  description = "The address of the page."
  value       = one(module.dapanoskop[*].url)
}
