/** Why a deployment could not be read or changed, and what to do: a sentence, without AWS's words about accounts and roles. */
export class DeploymentError extends Error {
  override readonly name = "DeploymentError";
}
