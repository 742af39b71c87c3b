provider "aws" {
  region = "us-east-1"
  default_tags {
    tags = { App = "shop" }
  }
}

module "network" {
  source      = "./network"
  name        = "shop"
  zones       = ["us-east-1a", "us-east-1b", "us-east-1c"]
  nat_gateway = { enabled = true, single = false }
  tags        = { Team = "platform" }
}

module "cluster" {
  source     = "./cluster"
  name       = "shop"
  subnet_ids = module.network.private_subnet_ids
  node_groups = {
    default = { instance_types = ["m5.xlarge"], desired_size = 3 }
    spot    = { instance_types = ["m5.large", "m5a.large"], desired_size = 2, capacity_type = "SPOT" }
  }
}
