# Resources with a published price of us-east-1: tests/plans/prices.test.ts has the amounts.
provider "aws" {
  region = "us-east-1"
  default_tags {
    tags = { App = "shop" }
  }
}

resource "aws_nat_gateway" "public" {
  allocation_id = "eipalloc-0123456789abcdef0"
  subnet_id     = "subnet-0123456789abcdef0"
}

resource "aws_eks_cluster" "shop" {
  name     = "shop"
  role_arn = "arn:aws:iam::123456789012:role/eks"
  version  = "1.31"

  vpc_config {
    subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  }
}

resource "aws_kinesis_stream" "on_demand" {
  name = "on-demand"

  stream_mode_details {
    stream_mode = "ON_DEMAND"
  }
}

resource "aws_kinesis_stream" "provisioned" {
  name        = "provisioned"
  shard_count = 4
}

resource "aws_cloudwatch_metric_alarm" "standard" {
  alarm_name          = "standard"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "Errors"
  namespace           = "AWS/Lambda"
  period              = 60
  statistic           = "Sum"
  threshold           = 0
}

resource "aws_cloudwatch_metric_alarm" "high_resolution" {
  alarm_name          = "high-resolution"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "Errors"
  namespace           = "Shop"
  period              = 10
  statistic           = "Sum"
  threshold           = 0
}

resource "aws_lb" "web" {
  name    = "web"
  subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
}

resource "aws_ebs_volume" "gp3" {
  availability_zone = "us-east-1a"
  type              = "gp3"
  size              = 40
  iops              = 4000
  throughput        = 130
}

resource "aws_ebs_volume" "gp2" {
  availability_zone = "us-east-1a"
  type              = "gp2"
  size              = 10
}

resource "aws_ebs_volume" "io1" {
  availability_zone = "us-east-1a"
  type              = "io1"
  size              = 30
  iops              = 300
}

resource "aws_ebs_volume" "st1" {
  availability_zone = "us-east-1a"
  type              = "st1"
  size              = 40
}

resource "aws_instance" "t3_medium" {
  ami                         = "ami-12c6146b"
  instance_type               = "t3.medium"
  associate_public_ip_address = false

  root_block_device {
    volume_type = "gp2"
    volume_size = 8
  }
}

resource "aws_instance" "m3_large" {
  ami                         = "ami-12c6146b"
  instance_type               = "m3.large"
  associate_public_ip_address = false

  root_block_device {
    volume_type = "gp2"
    volume_size = 8
  }
}

resource "aws_instance" "three" {
  count                       = 3
  ami                         = "ami-12c6146b"
  instance_type               = "m5.4xlarge"
  associate_public_ip_address = false

  root_block_device {
    volume_type = "gp3"
    volume_size = 10
  }
}

resource "aws_iam_role" "free" {
  name = "shop"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Action = "sts:AssumeRole", Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}
