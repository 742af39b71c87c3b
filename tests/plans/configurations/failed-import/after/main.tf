import {
  to = aws_instance.found
  id = "$INSTANCE"
}
