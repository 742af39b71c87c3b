# {{generated}}
# A caller with providers of its own uses the module in child/, which has none.

provider "aws" {
  region = var.region

  default_tags {
    tags = local.tags
  }
}

# AWS publishes the account's bill in us-east-1 only.
provider "aws" {
  alias  = "us_east_1"
  region = "us-east-1"

  default_tags {
    tags = local.tags
  }
}
