variable "password" {
  type      = string
  sensitive = true
}

variable "plain" {
  type = string
}

resource "aws_ssm_parameter" "child" {
  name  = "/shop/child"
  type  = "String"
  value = "${var.plain} ${var.password}"
}
