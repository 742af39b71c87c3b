variable "region" {
  type    = string
  default = "eu-west-1"
}

variable "unset_region" {
  type = string
}

resource "terraform_data" "region" {
  input = "us-west-2"
}

provider "aws" {
  region = var.region
}

provider "aws" {
  alias  = "virginia"
  region = "us-east-1"
}

provider "aws" {
  alias  = "given"
  region = var.unset_region
}

resource "aws_ebs_volume" "default" {
  availability_zone = "eu-west-1a"
  size              = 40
  type              = "gp3"
}

resource "aws_cloudwatch_log_group" "virginia" {
  provider = aws.virginia
  name     = "/shop/virginia"
}

resource "aws_cloudwatch_log_group" "given" {
  provider = aws.given
  name     = "/shop/given"
}

module "twice" {
  source = "./twice"
  providers = {
    aws         = aws.virginia
    aws.replica = aws
  }
}

module "inherits" {
  source = "./inherits"
}
