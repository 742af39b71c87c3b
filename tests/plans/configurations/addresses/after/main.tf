resource "aws_ebs_volume" "counted" {
  count             = 3
  availability_zone = "eu-central-1a"
  size              = 40
  type              = "gp3"
}

module "a" {
  source   = "./a"
  for_each = toset(["k.v", "plain"])
}

resource "aws_cloudwatch_log_group" "each" {
  for_each = { "a/b" = 1, "c\"d" = 2, "e[0]" = 3, "ü$${x}" = 4 }
  name     = "/shop/${each.value}"
}

variable "disks" {
  type    = list(number)
  default = [10, 20]
}

# The volumes are absent from the configuration's expressions: their block is dynamic.
resource "aws_instance" "dynamic" {
  ami           = "ami-12c6146b"
  instance_type = "t3.micro"

  dynamic "ebs_block_device" {
    for_each = var.disks
    content {
      device_name = "/dev/sd${["f", "g"][ebs_block_device.key]}"
      volume_size = ebs_block_device.value
      volume_type = "gp3"
    }
  }
}
