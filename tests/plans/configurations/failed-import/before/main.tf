resource "aws_instance" "made" {
  ami           = "ami-12c6146b"
  instance_type = "t3.micro"
}
