# OpenTofu reads this file instead of roles.tftest.hcl, whose mocks it refuses before 1.13: it gives all instances of a resource one
# mocked value. policies.tftest.hcl has what both tools can check.
