import { createMemo, Show } from "solid-js";
import { hrefOf } from "../../address/address.ts";
import { messageFor } from "../../data/message.ts";
import { usePublished } from "../../data/published-context.tsx";
import { Later } from "../../parts/Later.tsx";
import { Section } from "../../parts/Section.tsx";
import { Await } from "../../parts/States.tsx";
import { useFormats } from "../../words/formats-context.tsx";
import { PublishedMonth } from "../PublishedMonth.tsx";
import { StorageFigures } from "../storage-figures.tsx";
import { Going } from "./Going.tsx";
import { Spent } from "./Spent.tsx";
import { Trust } from "./Trust.tsx";
import { Who } from "./Who.tsx";

/** A month in five questions, in the order in which a budget owner asks them. */
export function OverviewPage() {
  const { trend } = usePublished();
  const formats = useFormats();
  return (
    <PublishedMonth title={({ period }) => formats.month(period)}>
      {(summary, index) => {
        const message = createMemo(() => messageFor(index(), summary(), trend().value));
        return (
          <>
            <Spent summary={summary()} message={message()} />
            <Later>{formats.open()}</Later>
            <Later>
              <Show
                when={trend().value}
                fallback={
                  <Section title="Where is it going?">
                    <Await of={trend} what="the trend">
                      {() => null}
                    </Await>
                  </Section>
                }
              >
                {(known) => <Going summary={summary()} trend={known()} />}
              </Show>
            </Later>
            <Later>
              <Who summary={summary()} trend={trend().value} whole={message().total} />
            </Later>
            <Later>
              <Section
                title="Storage"
                actions={<a href={hrefOf("/storage", summary().period)}>Tiers and services</a>}
              >
                <StorageFigures summary={summary()} storage={message().storage} />
              </Section>
              <Trust index={index()} summary={summary()} message={message()} now={new Date()} />
            </Later>
          </>
        );
      }}
    </PublishedMonth>
  );
}
