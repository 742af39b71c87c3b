resource "aws_instance" "web" {
  ami           = "ami-12c6146b"
  instance_type = "m5.xlarge"
}

resource "aws_ebs_volume" "data" {
  availability_zone = "us-east-1b"
  size              = 500
  type              = "gp3"
}

resource "aws_cloudwatch_log_group" "web" {
  name = "/shop/web"
}

provider "aws" {
  region = "us-east-1"
}

resource "aws_nat_gateway" "private" {
  connectivity_type = "private"
  subnet_id         = "subnet-0123456789abcdef0"
}
