import { document, element, leaf } from "./xml.ts";

/** A request as CloudFront's rooms see it. */
export interface Asked {
  readonly method: string;
  /** Behind the API's version, such as `["cache-policy", "E2…"]`. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  readonly ifMatch: string | null;
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** A refusal in CloudFront's words: the status and the code are what a client tells errors apart by. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }

  answer(): Answer {
    const error = element(
      "Error",
      leaf("Type", "Sender"),
      leaf("Code", this.code),
      leaf("Message", this.message),
    );
    return { ...xml(document("ErrorResponse", error, leaf("RequestId", "stand-in"))), status: this.status };
  }
}

/** 200 with a document, and its version where it has one. */
export const xml = (body: string, etag?: string): Answer => ({
  status: 200,
  headers: { "content-type": "text/xml", ...(etag === undefined ? {} : { etag }) },
  body,
});

/** 201: the document, its version, and where it is now. */
export const created = (body: string, etag: string, location: string): Answer => ({
  status: 201,
  headers: { "content-type": "text/xml", etag, location },
  body,
});

export const NO_CONTENT: Answer = { status: 204 };

/** What holds for every change: it names the version that it saw, and that is still the version there is. */
export function demandVersion({ ifMatch }: Asked, etag: string): void {
  if (ifMatch === null) {
    throw new Refusal(
      400,
      "InvalidIfMatchVersion",
      "The If-Match version is missing or not valid for the resource.",
    );
  }
  if (ifMatch !== etag) {
    throw new Refusal(412, "PreconditionFailed", "The request's precondition given in If-Match is false.");
  }
}
