resource "aws_kinesis_stream" "inherited" {
  name        = "inherited"
  shard_count = 4
}
