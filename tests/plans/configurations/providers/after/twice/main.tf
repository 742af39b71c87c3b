terraform {
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      configuration_aliases = [aws.replica]
    }
  }
}

resource "aws_kinesis_stream" "main" {
  name = "main"
  stream_mode_details {
    stream_mode = "ON_DEMAND"
  }
}

resource "aws_kinesis_stream" "replica" {
  provider    = aws.replica
  name        = "replica"
  shard_count = 4
}
