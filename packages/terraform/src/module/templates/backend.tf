# {{generated}}
# Where OpenTofu stores its state. Without a backend that is a file in this folder; if it is lost, the next apply tries to
# create everything again. A versioned bucket is safer. use_lockfile, which keeps two applies from running at the same
# time, needs OpenTofu or Terraform 1.10; omit it with an older one.
#
# terraform {
#   backend "s3" {
#     bucket       = "my-org-tofu-state"
#     key          = "dapanoskop/terraform.tfstate"
#     region       = "eu-central-1"
#     encrypt      = true
#     use_lockfile = true
#   }
# }
