variable "password" {
  type      = string
  sensitive = true
  default   = "hunter2-of-the-database"
}

variable "token" {
  type      = string
  ephemeral = true
  default   = "hunter2-of-nobody"
}

variable "owner" {
  type    = string
  default = "variable-in-plain-text"
}

provider "aws" {
  region     = "eu-central-1"
  access_key = "hunter2-of-the-provider"
  secret_key = "hunter2-of-the-provider"
}

resource "aws_db_instance" "shop" {
  identifier          = "shop"
  engine              = "postgres"
  instance_class      = "db.t3.medium"
  allocated_storage   = 20
  username            = "shop"
  password            = var.password
  skip_final_snapshot = true
}

# Nested in a block, in a map.
resource "aws_lambda_function" "mail" {
  function_name = "mail"
  role          = "arn:aws:iam::123456789012:role/mail"
  handler       = "index.handler"
  runtime       = "nodejs20.x"
  s3_bucket     = "shop-code"
  s3_key        = "mail.zip"

  environment {
    variables = {
      PASSWORD = var.password
      REGION   = "eu-central-1"
    }
  }
}

# In a list, in a map of tags, and a whole attribute.
resource "aws_instance" "web" {
  ami             = "ami-12c6146b"
  instance_type   = "t3.medium"
  security_groups = ["default", sensitive("hunter2-of-a-list")]
  user_data       = "curl -H 'token: ${var.password}'"
  tags = {
    App   = "shop"
    Token = sensitive("hunter2-of-a-tag")
  }
}

# Sensitive by the provider's schema.
resource "aws_ssm_parameter" "token" {
  name  = "/shop/token"
  type  = "SecureString"
  value = "hunter2-of-the-schema"
}

resource "aws_secretsmanager_secret_version" "token" {
  secret_id     = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop-AbCdEf"
  secret_string = jsonencode({ user = var.owner, password = "hunter2-of-a-secret" })
}

module "child" {
  source   = "./child"
  password = var.password
  plain    = "plain-in-a-module-call"
}

output "password" {
  value     = "output:${var.password}"
  sensitive = true
}
