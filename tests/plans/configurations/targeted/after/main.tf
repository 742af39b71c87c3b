resource "aws_ebs_volume" "targeted" {
  availability_zone = "eu-central-1a"
  size              = 40
  type              = "gp3"
}

resource "aws_ebs_volume" "left_out" {
  availability_zone = "eu-central-1a"
  size              = 40
  type              = "gp3"
}
