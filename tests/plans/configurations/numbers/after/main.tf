resource "terraform_data" "numbers" {
  input = { third = 1 / 3, tiny = 1e-10 * 3, large = 12345678901234567890 }
}

resource "aws_cloudwatch_metric_alarm" "third" {
  alarm_name          = "third"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "Errors"
  namespace           = "AWS/Lambda"
  period              = 10
  statistic           = "Sum"
  threshold           = 1 / 3
}

check "threshold" {
  assert {
    condition     = aws_cloudwatch_metric_alarm.third.threshold > 1
    error_message = "The threshold is below 1."
  }
}
