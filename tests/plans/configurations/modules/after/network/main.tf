variable "name" {
  type = string
}

variable "zones" {
  type = list(string)
}

variable "nat_gateway" {
  type = object({ enabled = bool, single = bool })
}

variable "tags" {
  type    = map(string)
  default = {}
}

locals {
  nat_gateways = var.nat_gateway.enabled ? (var.nat_gateway.single ? 1 : length(var.zones)) : 0
}

resource "aws_vpc" "this" {
  cidr_block = "10.0.0.0/16"
  tags       = merge({ Name = var.name }, var.tags)
}

resource "aws_subnet" "private" {
  count             = length(var.zones)
  vpc_id            = aws_vpc.this.id
  availability_zone = element(var.zones, count.index)
  cidr_block        = cidrsubnet(aws_vpc.this.cidr_block, 8, count.index)
  tags              = merge({ Name = "${var.name}-private-${count.index}" }, var.tags)
}

resource "aws_subnet" "public" {
  count             = length(var.zones)
  vpc_id            = aws_vpc.this.id
  availability_zone = element(var.zones, count.index)
  cidr_block        = cidrsubnet(aws_vpc.this.cidr_block, 8, count.index + 100)
  tags              = merge({ Name = "${var.name}-public-${count.index}" }, var.tags)
}

resource "aws_eip" "nat" {
  count  = local.nat_gateways
  domain = "vpc"
  tags   = var.tags
}

resource "aws_nat_gateway" "this" {
  count         = local.nat_gateways
  allocation_id = element(aws_eip.nat[*].id, count.index)
  subnet_id     = element(aws_subnet.public[*].id, count.index)
  tags          = var.tags
}

resource "aws_vpn_gateway" "this" {
  count  = 0
  vpc_id = aws_vpc.this.id
}

output "private_subnet_ids" {
  value = aws_subnet.private[*].id
}
