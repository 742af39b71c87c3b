resource "aws_dynamodb_table" "carts" {
  name                        = "carts-2"
  billing_mode                = "PROVISIONED"
  read_capacity               = 10
  write_capacity              = 10
  hash_key                    = "id"
  deletion_protection_enabled = true

  attribute {
    name = "id"
    type = "S"
  }

  lifecycle {
    create_before_destroy = true
  }
}
