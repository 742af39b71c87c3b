import type { JSX } from "solid-js";
import { hasScript } from "./has-script.ts";

/** A link to another page of ours; in a file, which has no other pages, its text alone. */
export function PageLink(props: { href: string; class?: string | undefined; children: JSX.Element }) {
  if (!hasScript) return <>{props.children}</>;
  return (
    <a class={props.class} href={props.href}>
      {props.children}
    </a>
  );
}
