resource "aws_instance" "web" {
  ami                     = "ami-12c6146b"
  instance_type           = "t3.micro"
  availability_zone       = "eu-central-1a"
  disable_api_termination = true

  lifecycle {
    create_before_destroy = true
  }
}
