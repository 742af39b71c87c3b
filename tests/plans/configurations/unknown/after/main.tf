resource "terraform_data" "size" {
  input = "t3.medium"
}

resource "aws_instance" "unknown_type" {
  ami           = "ami-12c6146b"
  instance_type = terraform_data.size.output
}

# One unknown tag makes the whole map unknown.
resource "aws_instance" "unknown_tag" {
  ami           = "ami-12c6146b"
  instance_type = "t3.medium"
  tags = {
    App     = "shop"
    Release = terraform_data.size.output
  }
}

resource "aws_ebs_volume" "unknown_size" {
  availability_zone = "eu-central-1a"
  size              = length(terraform_data.size.output) > 3 ? 40 : 80
  type              = "gp3"
}

# Only what is required: the type, the root disk, the storage type and multi-AZ are unknown.
resource "aws_ebs_volume" "defaults" {
  availability_zone = "eu-central-1a"
  size              = 40
}

resource "aws_db_instance" "defaults" {
  identifier          = "defaults"
  engine              = "postgres"
  instance_class      = "db.t3.medium"
  allocated_storage   = 20
  username            = "shop"
  password            = "not-a-password"
  skip_final_snapshot = true
}

resource "aws_lambda_function" "defaults" {
  function_name = "defaults"
  role          = "arn:aws:iam::123456789012:role/mail"
  handler       = "index.handler"
  runtime       = "nodejs20.x"
  s3_bucket     = "shop-code"
  s3_key        = "mail.zip"
}

resource "aws_s3_bucket" "unknown_name" {
}

# A data source that waits for a resource: action "read".
data "aws_ssm_parameter" "read" {
  name = "/shop/${terraform_data.size.output}"
}

# A resource type that nobody prices.
resource "aws_ivs_channel" "unsupported" {
  name = "shop"
}
