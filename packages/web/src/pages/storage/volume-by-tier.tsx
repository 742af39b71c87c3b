import type { Month } from "@dapanoskop/core/calendar";
import { visible } from "@dapanoskop/core/text";
import { createMemo, For } from "solid-js";
import { ShareBar } from "../../chart/share-bar.tsx";
import { ToneKey } from "../../chart/tone-key.tsx";
import { type StorageTierLine, tierShares } from "../../data/storage-tiers.ts";
import { Name } from "../../parts/name.tsx";
import { SaveSvg } from "../../parts/save-buttons.tsx";
import { Section } from "../../parts/section.tsx";
import { useFormats } from "../../words/formats-context.tsx";
import css from "./storage.module.css";

/** How the stored volume divides among the tiers. */
export function VolumeByTier(props: { period: Month; tiers: readonly StorageTierLine[] }) {
  const formats = useFormats();
  const shares = createMemo(() => tierShares(props.tiers));
  let drawing: SVGSVGElement | undefined;
  const legend = () =>
    shares().map(({ name, amount, tone }) => ({
      text: `${visible(name, 80)}: ${formats.percent(amount)}`,
      shape: `[data-tone="${tone}"]`,
    }));
  return (
    <Section
      title="Volume by tier"
      actions={
        <SaveSvg
          file={[props.period, "storage"]}
          title="Stored volume by tier"
          drawing={() => drawing}
          legend={legend}
        />
      }
    >
      <ShareBar
        tall
        shares={shares()}
        drawing={(svg) => {
          drawing = svg;
        }}
      />
      <ul class={css.legend}>
        <For each={shares()}>
          {({ name, amount, tone }) => (
            <li>
              <ToneKey tone={tone} />
              <Name of={name} /> {formats.percent(amount)}
            </li>
          )}
        </For>
      </ul>
    </Section>
  );
}
