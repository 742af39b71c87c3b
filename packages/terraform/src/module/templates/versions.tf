# {{generated}}

terraform {
  required_version = ">= 1.5.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= {{minimumVersion}}, < 7.0.0"{{aliases}}
    }
  }
}
