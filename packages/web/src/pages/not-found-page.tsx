import { hrefOf, useAddress } from "../address/address.ts";
import button from "../parts/button.module.css";
import { Notice } from "../parts/notice.tsx";

/** Shown for an address without a page. */
export default function NotFoundPage() {
  const address = useAddress();
  return (
    <Notice
      page
      title="Page not found"
      next={
        <a class={button.main} href={hrefOf("/", address.period())}>
          To the overview
        </a>
      }
    >
      <p>Check the address: it may be incomplete.</p>
    </Notice>
  );
}
