import type { ModuleResource } from "./distribution.ts";

interface EvaluatedModule {
  system(inputs?: object): { readonly resources: readonly ModuleResource[] };
}

/**
 * The resources of the module, evaluated for these inputs; `tests/infra/evaluated-plan.test.ts` compares the evaluation with a plan
 * of Terraform. It is loaded by its path, because its types are of packages that only infra/ has.
 */
export async function moduleResources(inputs: object = {}): Promise<readonly ModuleResource[]> {
  const place = new URL("../../infra/support/the-system.ts", import.meta.url);
  const { system }: EvaluatedModule = await import(place.href);
  return system(inputs).resources;
}
