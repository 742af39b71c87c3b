resource "aws_instance" "web" {
  ami           = "ami-12c6146b"
  instance_type = "t3.micro"

  ebs_block_device {
    device_name = "/dev/sdf"
    volume_size = 5000
    volume_type = "gp3"
  }
}
