/** A check of a deployment. */
export interface Check {
  readonly what: string;
  readonly ok: boolean;
  /** What was seen, and what to do where it is not right. */
  readonly text: string;
}

/** What the host of the page answered to a GET without a session; redirects are not followed. */
interface PageAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly policy: string;
  readonly body: string;
}

/** In milliseconds. */
const LONGEST = 10_000;

/** Files of the dataset, and its folder: nobody without a session may have one of them. */
const DATA_PATHS = ["/data/index.json", "/data/trend.json", "/data/2026-01/summary.json", "/data/"];

/**
 * Whether the page is there, with its content security policy, and its data only with a sign-in. It signs nobody in.
 * @param page the address of the page, `https://…`
 */
export async function pageChecks(page: string): Promise<readonly Check[]> {
  const addresses = DATA_PATHS.map((path) => new URL(path, page).href);
  const [pageProblem, ...dataProblems] = await Promise.all([
    answerOf(page).then((answer) => problemOfPage(page, answer)),
    ...addresses.map(async (url) => problemOfData(url, await answerOf(url))),
  ]);
  const dataProblem = dataProblems.find((problem) => problem !== null) ?? null;
  return [
    { what: "page", ok: pageProblem === null, text: pageProblem ?? `${page} answers` },
    {
      what: "data",
      ok: dataProblem === null,
      text: dataProblem ?? "the data is not readable without a sign-in",
    },
  ];
}

/** A sentence where no answer arrived: the cause. */
async function answerOf(url: string): Promise<PageAnswer | string> {
  try {
    const response = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(LONGEST) });
    const { status, headers } = response;
    return {
      status,
      contentType: headers.get("content-type") ?? "",
      policy: headers.get("content-security-policy") ?? "",
      body: await response.text(),
    };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return cause instanceof Error ? cause.message : String(cause);
  }
}

function problemOfPage(page: string, answer: PageAnswer | string): string | null {
  const advice = "Check its DNS record, and the distribution in the console of CloudFront.";
  if (typeof answer === "string") return `${page} does not answer (${answer}). ${advice}`;
  if (answer.status !== 200) return `${page} answers ${answer.status}. ${advice}`;
  if (!answer.contentType.startsWith("text/html") || !answer.body.includes("<title>Dapanoskop")) {
    return `${page} answers with something else than the page. Check the files in the bucket of the page.`;
  }
  if (!answer.policy.includes("default-src 'none'")) {
    return `${page} has no content security policy. Check the response headers policy of the distribution.`;
  }
  return null;
}

function problemOfData(url: string, answer: PageAnswer | string): string | null {
  if (typeof answer === "string") return `${url} does not answer (${answer}).`;
  if (answer.status === 403) return null;
  return `${url} answers ${answer.status} without a sign-in, and must refuse it with 403. Apply the module again; if it stays so, disable the distribution.`;
}
