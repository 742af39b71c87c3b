resource "aws_instance" "web" {
  ami           = "ami-12c6146b"
  instance_type = "t3.micro"
}

resource "aws_ebs_volume" "data" {
  availability_zone = "us-east-1a"
  size              = 100
  type              = "gp3"
}

resource "aws_cloudwatch_log_group" "web" {
  name = "/shop/web"
}

provider "aws" {
  region = "us-east-1"
}
