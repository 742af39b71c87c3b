export type { ApiContext, BillAccess } from "./api-context.ts";
export {
  type AnsweredRequest,
  API_BASE,
  type ApiDependencies,
  type ApiHandler,
  type ApiLog,
  apiHandler,
} from "./api-handler.ts";
export { ApiProblem } from "./api-problem.ts";
export { type Authenticate, type Caller, type CallerOwner, type Scope, scopes } from "./caller.ts";
export { isPlainPath } from "./http/plain-path.ts";
export { openApiDocument } from "./openapi/open-api-document.ts";
export { routes } from "./routes/index.ts";
