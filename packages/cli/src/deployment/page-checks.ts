/** A check of a deployment that is to be shown. */
export interface Check {
  readonly what: string;
  readonly ok: boolean;
  /** What was seen, and what to do where it is not right. */
  readonly text: string;
}

/** An answer of the page's host; `null` where none arrived. */
interface PageAnswer {
  readonly status: number;
  readonly contentType: string;
}

/** In milliseconds. */
const LONGEST = 10_000;

/** One GET, without following redirects. */
async function pageAnswer(url: string): Promise<PageAnswer | null> {
  try {
    const response = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(LONGEST) });
    await response.body?.cancel();
    return { status: response.status, contentType: response.headers.get("content-type") ?? "" };
  } catch {
    return null;
  }
}

/** Whether the page is there, and the data only with a sign-in. */
export async function pageChecks(page: string): Promise<readonly Check[]> {
  const data = new URL("/data/index.json", page).href;
  const [atPage, atData] = await Promise.all([pageAnswer(page), pageAnswer(data)]);
  const isPage = atPage?.status === 200 && atPage.contentType.startsWith("text/html");
  return [
    {
      what: "page",
      ok: isPage,
      text: isPage
        ? `${page} answers`
        : `${page} ${answerText(atPage)}. Check its DNS record, and the distribution in the console of CloudFront.`,
    },
    {
      what: "data",
      ok: atData?.status === 403,
      text:
        atData?.status === 403
          ? "the data is not readable without a sign-in"
          : `${data} ${answerText(atData)} without a sign-in, and must refuse it with 403. Apply the module again; if it stays so, disable the distribution.`,
    },
  ];
}

const answerText = (answer: PageAnswer | null) =>
  answer === null ? "does not answer" : `answers ${answer.status}`;
