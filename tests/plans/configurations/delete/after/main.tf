resource "aws_ebs_volume" "counted" {
  count             = 1
  availability_zone = "eu-central-1a"
  size              = 40
  type              = "gp3"
}

resource "aws_cloudwatch_log_group" "each" {
  for_each = toset(["web"])
  name     = "/shop/${each.key}"
}

