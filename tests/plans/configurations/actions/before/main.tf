resource "aws_ebs_volume" "tainted" {
  availability_zone = "eu-central-1a"
  size              = 100
  type              = "gp3"
}

resource "aws_ebs_volume" "other_zone" {
  availability_zone = "eu-central-1a"
  size              = 100
  type              = "gp3"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_cloudwatch_log_group" "imported" {
  name = "/shop/imported"
}

resource "aws_cloudwatch_log_group" "forgotten" {
  name = "/shop/forgotten"
}

resource "aws_cloudwatch_log_group" "old_name" {
  name = "/shop/moved"
}

resource "aws_iam_role" "unchanged" {
  name = "shop"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Action = "sts:AssumeRole", Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_ebs_volume" "unchanged" {
  availability_zone = "eu-central-1a"
  size              = 125
  type              = "st1"
}

output "release" {
  value = "1"
}
