import type { Month } from "@dapanoskop/core/calendar";
import { For, Show } from "solid-js";
import { hrefOf } from "../../address/address.ts";
import { Name } from "../../parts/name.tsx";
import { PageHeading } from "../../parts/page-heading.tsx";
import { Term } from "../../parts/term.tsx";
import { useFormats } from "../../words/formats-context.tsx";

/** A workload's name, its month, and links to the cost centers that it belongs to. */
export function WorkloadHeading(props: { name: string; period: Month; costCenters: readonly string[] }) {
  const formats = useFormats();
  return (
    <PageHeading
      above={
        <>
          <a href={hrefOf("/", props.period)}>{formats.month(props.period)}</a> · <Term of="workload" />
          <Show when={props.costCenters.length > 0}> in </Show>
          <For each={props.costCenters}>
            {(name, at) => (
              <>
                <Show when={at() > 0}>, </Show>
                <a href={hrefOf("/cost-center", props.period, { name })}>
                  <Name of={name} limit={40} />
                </a>
              </>
            )}
          </For>
        </>
      }
    >
      <Name of={props.name} limit={120} />
    </PageHeading>
  );
}
