import { historyWindow } from "../emulated-bill.ts";
import { notInEnum } from "../protocol/aws-error.ts";
import { parseMaxResults } from "./listings.ts";
import type { Operation } from "./operation.ts";

const MOST_RESULTS = 1_000;
const DEFAULT_RESULTS = 100;
const STATUSES = ["Active", "Inactive"];

/**
 * The tags of the bill's charges. A bill contains activated tags only, so all are active since the history begins, unless a
 * fault says otherwise.
 */
export const listCostAllocationTags: Operation = async (
  request,
  { bill, position, tokenFor, activeFaults },
) => {
  const only = request.texts("TagKeys");
  const wanted = request.text("Status");
  if (wanted !== null && !STATUSES.includes(wanted)) throw notInEnum(wanted, "status", STATUSES);
  const most = parseMaxResults(request, MOST_RESULTS) ?? DEFAULT_RESULTS;
  const history = historyWindow(bill.at);
  const status = activeFaults.has("inactive-tags") ? "Inactive" : "Active";
  const keys = (await bill.tagKeys(history)).filter(
    (key) => (only === null || only.includes(key)) && (wanted === null || wanted === status),
  );
  const next = position.offset + most;
  const page = keys.slice(position.offset, next);
  const updated = activeFaults.get("tags-activated") ?? history.start;
  return {
    body: {
      CostAllocationTags: page.map((TagKey) => ({
        TagKey,
        Type: "UserDefined",
        Status: status,
        LastUpdatedDate: `${updated}T00:00:00Z`,
        LastUsedDate: `${bill.today.slice(0, 7)}-01T00:00:00Z`,
      })),
      ...(next < keys.length
        ? { NextToken: tokenFor({ offset: next, page: position.page + 1, salt: 0 }) }
        : {}),
    },
    entries: page.length,
  };
};
