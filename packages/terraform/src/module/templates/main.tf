# {{generated}}

data "aws_region" "current" {}

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

locals {
  tags = merge(var.tags, {
    Project     = "Dapanoskop"
    Environment = var.environment
    ManagedBy   = "OpenTofu"
    CostCenter  = var.cost_center
  })

  # A release in artifacts_dir has its own manifest. The manifests of the module's own releases are part of the module.
  pipeline_release  = "pipeline/${coalesce(var.pipeline_version, "{{pipelineVersion}}")}"
  pipeline_is_own   = try(fileexists("${var.artifacts_dir}/${local.pipeline_release}/manifest.json"), false)
  pipeline_dir      = "${local.pipeline_is_own ? var.artifacts_dir : "${path.module}/artifacts"}/${local.pipeline_release}"
  pipeline_manifest = local.pipeline_is_own ? "${local.pipeline_dir}/manifest.json" : "${path.module}/manifests/${local.pipeline_release}.json"
  pipeline_files    = try(jsondecode(file(local.pipeline_manifest)).files, {})
  page_release      = "page/${coalesce(var.page_version, "{{pageVersion}}")}"
  page_is_own       = try(fileexists("${var.artifacts_dir}/${local.page_release}/manifest.json"), false)
  page_dir          = "${local.page_is_own ? var.artifacts_dir : "${path.module}/artifacts"}/${local.page_release}"
  page_manifest     = local.page_is_own ? "${local.page_dir}/manifest.json" : "${path.module}/manifests/${local.page_release}.json"
  page_files        = try(jsondecode(file(local.page_manifest)).files, {})
  page_entry        = "index.html"

  # The functions that this deployment needs.
  needed_zips = concat(["collect.zip", "session.zip"], local.report_is_wanted ? ["report.zip"] : [], local.report_is_mailed ? ["mail-events.zip"] : [], var.api_enabled ? ["api.zip"] : [])

  # The files of both releases by their paths, and those that are missing or changed.
  release_files = merge({ for name, file in local.pipeline_files : "${local.pipeline_dir}/${name}" => file }, { for name, file in local.page_files : "${local.page_dir}/${name}" => file })
  damaged_files = [for path, file in local.release_files : path if try(filesha256(path) != file.sha256, true)]
}

# Conditions on several inputs and on the releases. A plan that does not meet them fails before anything is changed.
resource "terraform_data" "checked" {
  lifecycle {
{{preconditions}}
    precondition {
      condition     = contains(keys(local.page_files), local.page_entry) && length(setsubtract(local.needed_zips, keys(local.pipeline_files))) == 0
      error_message = "This module has no release of the page or of the functions by the version in page_version or pipeline_version, and artifacts_dir has none either. Remove the version, or put the release into artifacts_dir. Nothing was changed."
    }

    precondition {
      condition     = length(local.damaged_files) == 0
      error_message = "${length(local.damaged_files)} of ${length(local.release_files)} release files are missing or do not match their SHA-256: ${join(", ", slice(local.damaged_files, 0, min(3, length(local.damaged_files))))}. Use {{archive}} of the release, or the release's tag v{{moduleVersion}} as the source of the module. In a checkout, npm run export builds the files. Nothing was changed."
    }
  }
}
