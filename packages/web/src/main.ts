import "./data/prefetched-data.ts";

// This file is small: it starts loading the first figures and the code of the page at the same time.
import("./page.tsx").catch((error: unknown) => {
  const root = document.getElementById("page");
  if (root?.childElementCount === 0) {
    root.textContent = "This page could not be loaded. Check the connection and load the page again.";
  }
  throw error;
});
