resource "aws_ebs_volume" "counted" {
  count             = 3
  availability_zone = "eu-central-1a"
  size              = 40
  type              = "gp3"
}

resource "aws_cloudwatch_log_group" "each" {
  for_each = toset(["web", "jobs"])
  name     = "/shop/${each.key}"
}

resource "aws_ebs_volume" "gone" {
  availability_zone = "eu-central-1a"
  size              = 40
  type              = "gp2"
}
