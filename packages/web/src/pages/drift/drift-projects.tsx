import type { DriftProjectDocument, DriftScanDocument } from "@dapanoskop/api/documents";
import { instantOf } from "@dapanoskop/core/calendar";
import { ageText } from "@dapanoskop/core/insight";
import { parseMoney, roundedHalfUp } from "@dapanoskop/core/money";
import { visible } from "@dapanoskop/core/text";
import { For, Show } from "solid-js";
import { hrefOf, useAddress } from "../../address/address.ts";
import { Name } from "../../parts/name.tsx";
import { Section } from "../../parts/section.tsx";
import { SCAN_WORDS } from "../../words/drift-words.ts";
import { useFormats } from "../../words/formats-context.tsx";
import css from "./drift-projects.module.css";

/** How each project stands by its newest scan. A failed scan says so, with the last good result and its age. */
export function DriftProjects(props: { projects: readonly DriftProjectDocument[] }) {
  const address = useAddress();
  const chosen = () => address.text("project");
  return (
    <Section
      title="Projects"
      actions={
        <Show when={chosen()}>
          <a href={hrefOf("/drift", address.period())}>Every project</a>
        </Show>
      }
    >
      <ul>
        <For each={props.projects}>
          {(project) => (
            <li class={css.project} data-status={project.latest.status}>
              <h3 class={css.name}>
                <a
                  href={hrefOf("/drift", address.period(), { project: project.project })}
                  aria-current={chosen() === project.project ? "true" : undefined}
                >
                  <Name of={project.project} limit={60} />
                </a>
              </h3>
              <p class={css.status}>{SCAN_WORDS[project.latest.status]}</p>
              <Latest of={project.latest} />
              <Show when={project.latest.status === "failed"}>
                <LastGood of={project.last_good} />
              </Show>
            </li>
          )}
        </For>
      </ul>
    </Section>
  );
}

function Latest(props: { of: DriftScanDocument }) {
  const formats = useFormats();
  return (
    <p class={css.line}>
      <Show when={props.of.reason} fallback={<Counts of={props.of} />}>
        {(reason) => <>{visible(reason(), 300)} Nothing is known of what drifted since.</>}
      </Show>{" "}
      Scanned {formats.instant(props.of.scanned_at)}, {age(props.of)} ago.
    </p>
  );
}

function LastGood(props: { of: DriftScanDocument | null }) {
  return (
    <p class={css.line}>
      <Show when={props.of} fallback="No scan of this project ever succeeded.">
        {(scan) => (
          <>
            The last good result is {age(scan())} old. <Counts of={scan()} />
          </>
        )}
      </Show>
    </p>
  );
}

const age = ({ scanned_at }: DriftScanDocument) => ageText(scanned_at, instantOf(new Date()));

/** What a scan found, by kind, and what it changes in a month. */
function Counts(props: { of: DriftScanDocument }) {
  const formats = useFormats();
  const text = () => {
    const { counts, monthly_delta, currency, partial } = props.of;
    if (counts === null) return "Nothing is known of it.";
    const parts = [
      [counts.cost, "changes the cost", "change the cost"],
      [counts.allocation, "moves cost between centers", "move cost between centers"],
      [counts.other, "has no effect on cost", "have no effect on cost"],
      [counts.ignored, "is ignored", "are ignored"],
    ] as const;
    const found = parts.flatMap(([count, one, many]) =>
      count === 0 ? [] : [`${formats.count(count)} ${count === 1 ? one : many}`],
    );
    if (found.length === 0) return "Nothing differs.";
    const delta =
      monthly_delta === null || currency === null
        ? "The change of the cost is unknown."
        : `${formats.signed(roundedHalfUp(parseMoney(monthly_delta, currency)), currency)} a month${partial === true ? ", in part: some of it is unknown" : ""}.`;
    return `Resources: ${found.join(", ")}.${counts.cost > 0 ? ` ${delta}` : ""}`;
  };
  return <>{text()}</>;
}
