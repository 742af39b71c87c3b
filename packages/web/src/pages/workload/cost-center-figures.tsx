import { For, Show } from "solid-js";
import type { CostCenterShare } from "../../data/cost-lines.ts";
import { ChangeText } from "../../parts/change-text.tsx";
import { Figure } from "../../parts/figures.tsx";
import { Name } from "../../parts/name.tsx";
import { useFormats } from "../../words/formats-context.tsx";

/** A workload's cost in each of its cost centers, where it has several. */
export function CostCenterFigures(props: { shares: readonly CostCenterShare[] }) {
  const formats = useFormats();
  return (
    <Show when={props.shares.length > 1}>
      <For each={props.shares}>
        {({ center, line }) => (
          <Figure
            word={<Name of={center} limit={40} />}
            value={formats.units(line.displayed, line.current.currency)}
          >
            <ChangeText change={line.change} />
          </Figure>
        )}
      </For>
    </Show>
  );
}
