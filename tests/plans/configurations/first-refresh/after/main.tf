resource "aws_ebs_volume" "data" {
  availability_zone = "eu-central-1a"
  size              = 10
}

resource "aws_cloudwatch_log_group" "web" {
  name = "/shop/web"
}

resource "aws_dynamodb_table" "carts" {
  name         = "carts"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
}
