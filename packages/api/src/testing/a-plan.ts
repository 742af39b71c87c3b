/** The JSON of a plan that creates volumes: what `terraform show -json` gives, as far as it matters. */
export function aPlan(options: { readonly volumes?: readonly string[]; readonly gigabytes?: number } = {}) {
  const { volumes = ["data"], gigabytes = 100 } = options;
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    resource_changes: volumes.map((name) => ({
      address: `aws_ebs_volume.${name}`,
      mode: "managed",
      type: "aws_ebs_volume",
      name,
      provider_name: "registry.terraform.io/hashicorp/aws",
      change: {
        actions: ["create"],
        before: null,
        after: { availability_zone: "us-east-1a", size: gigabytes, type: "gp3", tags: { App: "shop" } },
        after_unknown: {},
        before_sensitive: false,
        after_sensitive: {},
      },
    })),
    configuration: {
      provider_config: {
        aws: {
          name: "aws",
          full_name: "registry.terraform.io/hashicorp/aws",
          expressions: { region: { constant_value: "us-east-1" } },
        },
      },
      root_module: {
        resources: volumes.map((name) => ({
          address: `aws_ebs_volume.${name}`,
          mode: "managed",
          type: "aws_ebs_volume",
          name,
          provider_config_key: "aws",
          expressions: {},
        })),
      },
    },
    errored: false,
    complete: true,
    applyable: true,
  };
}
