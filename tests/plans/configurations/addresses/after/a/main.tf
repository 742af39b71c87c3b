resource "aws_instance" "web" {
  for_each      = toset(["x y"])
  ami           = "ami-12c6146b"
  instance_type = "t3.micro"
}

module "b" {
  count  = 2
  source = "./b"
}
