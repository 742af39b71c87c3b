variable "name" {
  type = string
}

variable "subnet_ids" {
  type = list(string)
}

variable "node_groups" {
  type = map(object({
    instance_types = list(string)
    desired_size   = number
    capacity_type  = optional(string, "ON_DEMAND")
  }))
}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["eks.amazonaws.com", "ec2.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "this" {
  name_prefix        = "${var.name}-"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/eks/${var.name}/cluster"
  retention_in_days = 90
}

resource "aws_eks_cluster" "this" {
  name     = var.name
  role_arn = aws_iam_role.this.arn
  version  = "1.31"

  vpc_config {
    subnet_ids = var.subnet_ids
  }

  depends_on = [aws_cloudwatch_log_group.this]
}

module "node_group" {
  source   = "./node-group"
  for_each = var.node_groups

  name           = each.key
  cluster        = aws_eks_cluster.this.name
  role_arn       = aws_iam_role.this.arn
  subnet_ids     = var.subnet_ids
  instance_types = each.value.instance_types
  desired_size   = each.value.desired_size
  capacity_type  = each.value.capacity_type
}

data "aws_eks_cluster_auth" "this" {
  name = aws_eks_cluster.this.name
}

output "token" {
  value     = data.aws_eks_cluster_auth.this.token
  sensitive = true
}
