import "./data/prefetched-data.ts";

// The first figure waits for figures and for code: this file is small, and once it has run both are on their way.
import("./page.tsx").catch((error: unknown) => {
  const place = document.getElementById("page");
  if (place?.childElementCount === 0) {
    place.textContent = "This page could not be loaded. Check the connection, and load it again.";
  }
  throw error;
});
