import { hrefOf, useAddress } from "../address/address.ts";
import button from "../parts/button.module.css";
import { Notice } from "../parts/states.tsx";

/** An address that no page has. */
export default function NotFoundPage() {
  const address = useAddress();
  return (
    <Notice
      page
      title="There is no such page"
      next={
        <a class={button.main} href={hrefOf("/", address.period())}>
          To the overview
        </a>
      }
    >
      <p>The address may have been cut on its way here.</p>
    </Notice>
  );
}
