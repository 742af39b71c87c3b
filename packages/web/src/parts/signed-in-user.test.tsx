import { aPublishedMonth } from "@dapanoskop/dataset/testing";
import { cleanup, fireEvent, screen, waitFor } from "@solidjs/testing-library";
import { afterEach, describe, expect, it, vi } from "vitest";
import { noSession, type Session, SessionError } from "../session/session.ts";
import { aReader, renderPage } from "../testing/render-page.tsx";

afterEach(cleanup);

const signingOut = (signOut: Session["signOut"]) =>
  renderPage("/", aReader(aPublishedMonth()), { ...noSession, user: () => "Zoë Müller", signOut });

describe("the signed-in user", () => {
  it("sees why signing out failed, beside the figures, and can try again", async () => {
    const signOut = vi
      .fn<Session["signOut"]>()
      .mockRejectedValueOnce(new SessionError("Signing out is not complete. Try again in a minute."))
      .mockRejectedValueOnce(new SessionError("Whether you are signed out is not known."))
      .mockResolvedValue();
    signingOut(signOut);
    fireEvent.click(await screen.findByRole("button", { name: "Sign out" }));
    expect((await screen.findByRole("alert")).textContent).toContain("Signing out is not complete.");
    expect(screen.getByText(/7 of 31 days/)).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "Try again" }));
    await waitFor(() => expect(screen.getByRole("alert").textContent).toContain("is not known"));
    fireEvent.click(screen.getByRole("button", { name: "Try again" }));
    await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
    expect(signOut).toHaveBeenCalledTimes(3);
  });

  it("signs out once when the button is pressed several times", async () => {
    const signOut = vi.fn(() => new Promise<void>(() => {}));
    signingOut(signOut);
    const button = await screen.findByRole("button", { name: "Sign out" });
    for (let press = 0; press < 3; press += 1) fireEvent.click(button);
    expect(signOut).toHaveBeenCalledOnce();
  });
});
