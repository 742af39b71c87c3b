import type { DriftProjectDocument } from "@dapanoskop/api/documents";
import { createMemo, Show } from "solid-js";
import { useAddress } from "../../address/address.ts";
import { readDriftFindings, readDriftProjects } from "../../data/api-reads.ts";
import { useDataset } from "../../data/dataset-context.tsx";
import { createLoadable } from "../../data/loadable.ts";
import { createPagedList } from "../../data/paged-list.ts";
import { Await } from "../../parts/await.tsx";
import { Notice } from "../../parts/notice.tsx";
import { PageHeading } from "../../parts/page-heading.tsx";
import states from "../../parts/states.module.css";
import { TableSection } from "../../table/table-section.tsx";
import { addressState } from "../../table/table-state.ts";
import { useFormats } from "../../words/formats-context.tsx";
import { ApiPage } from "../api-page.tsx";
import { MoreButton } from "../more-button.tsx";
import { driftColumns } from "./drift-columns.tsx";
import { DriftProjects } from "./drift-projects.tsx";

/** What changed outside of Terraform: how each project stands, and every drifted resource. */
export default function DriftPage() {
  const { api } = useDataset();
  const projects = createLoadable(
    () => true,
    async () => (await readDriftProjects(api)).items,
  );
  return (
    <ApiPage title="Drift">
      <PageHeading above="What changed outside of Terraform and OpenTofu">Drift</PageHeading>
      <Await value={projects} what="the projects" page>
        {(all) => (
          <Show when={all().length > 0} fallback={<NoScans />}>
            <DriftProjects projects={all()} />
            <DriftedResources projects={all()} />
          </Show>
        )}
      </Await>
    </ApiPage>
  );
}

function DriftedResources(props: { projects: readonly DriftProjectDocument[] }) {
  const { api } = useDataset();
  const formats = useFormats();
  const address = useAddress();
  const state = addressState(address);
  const list = createPagedList(
    () => ({ project: address.text("project") }),
    ({ project }, cursor) => readDriftFindings(api, project, cursor),
  );
  const columns = createMemo(() => {
    const currencies = props.projects.map(
      ({ project, latest, last_good }) => [project, latest.currency ?? last_good?.currency ?? null] as const,
    );
    return driftColumns(new Map(currencies), formats);
  });
  return (
    <Await value={list.items} what="the drifted resources">
      {(findings) => (
        <TableSection
          title="Drifted resources"
          file={["drift"]}
          caption="Drifted resources"
          columns={columns()}
          rows={findings()}
          name={({ project, address: name, type }) => `${project} ${name} ${type}`}
          state={state}
          rowNames={{ one: "resource", many: "resources" }}
          note={<MoreButton list={list} label="More resources" />}
          terms={["costDrift", "allocationDrift", "monthlyCost"]}
        />
      )}
    </Await>
  );
}

function NoScans() {
  return (
    <Notice title="No project was scanned yet">
      <p>
        Write a plan as JSON with <code class={states.code}>terraform plan -refresh-only -out drift.out</code>{" "}
        and <code class={states.code}>terraform show -json drift.out &gt; drift.json</code>, then run{" "}
        <code class={states.code}>dapanoskop drift drift.json --project shop</code>, or let CI do it every
        night.
      </p>
    </Notice>
  );
}
