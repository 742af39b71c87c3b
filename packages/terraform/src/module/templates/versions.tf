# {{generated}}

terraform {
  required_version = ">= 1.5.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= {{floorVersion}}, < 7.0.0"
    }
  }
}
