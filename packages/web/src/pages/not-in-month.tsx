import type { Month } from "@dapanoskop/core/calendar";
import { hrefOf } from "../address/address.ts";
import button from "../parts/button.module.css";
import { Name } from "../parts/name.tsx";
import { Notice } from "../parts/notice.tsx";
import { useFormats } from "../words/formats-context.tsx";

/** The address names a cost center or workload without cost in this month. It may have another name, or cost in another month. */
export function NotInMonth(props: { name: string; period: Month }) {
  const formats = useFormats();
  return (
    <Notice
      page
      title={`Not in ${formats.month(props.period)}`}
      next={
        <a class={button.main} href={hrefOf("/", props.period)}>
          To the overview
        </a>
      }
    >
      <p>
        <Name of={props.name} /> has no cost in this month or in those it is compared with. It may have cost
        in another month: choose one above.
      </p>
    </Notice>
  );
}
