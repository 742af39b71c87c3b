import type { Month } from "@dapanoskop/core/calendar";
import type { SnapshotFile } from "@dapanoskop/dataset";
import { dataHref } from "../../data/data-href.ts";
import { fileName } from "../../parts/download.ts";
import { useFormats } from "../../words/formats-context.tsx";
import css from "./published.module.css";

/** A published file: a link that saves it, its size and its SHA-256. */
export function PublishedFile(props: { name: string; file: SnapshotFile; period?: Month }) {
  const formats = useFormats();
  return (
    <span class={css.file}>
      <a href={dataHref(props.file.key)} download={fileName(props.period ?? "", props.name)} rel="external">
        {props.name}
      </a>
      <span>{formats.bytes(props.file.bytes)}</span>
      <code title="SHA-256">{props.file.sha256}</code>
    </span>
  );
}
