import { describe, expect, it } from "vitest";
import { parseSmtpUrl } from "./smtp-url.ts";

const parsed = (url: string, environment = {}) => parseSmtpUrl(url, environment);

describe("the URL of an SMTP server", () => {
  it("has the port of its protocol unless it names one", () => {
    expect(parsed("smtp://mail.example.com")).toMatchObject({ port: 587, secure: false });
    expect(parsed("smtps://mail.example.com/")).toMatchObject({ port: 465, secure: true });
    expect(parsed("smtp://mail.example.com:25")).toMatchObject({ host: "mail.example.com", port: 25 });
  });

  it.each(["127.0.0.1", "127.9.9.9", "localhost", "[::1]"])("knows %s as loopback", (host) => {
    expect(parsed(`smtp://${host}:25`)).toMatchObject({ isLoopback: true });
  });

  it.each(["127.0.0.1.example.com", "localhost.example.com", "0.0.0.0", "[::2]"])(
    "does not take %s for loopback",
    (host) => {
      expect(parsed(`smtp://${host}:25`)).toMatchObject({ isLoopback: false });
    },
  );

  it("has a user and a password in the spelling of URLs", () => {
    expect(parsed("smtp://jane%40example.com:a%3Ab%2Fc@mail.example.com")).toMatchObject({
      credentials: { user: "jane@example.com", password: "a:b/c" },
    });
    expect(parsed("smtp://mail.example.com")).toMatchObject({ credentials: null });
    expect(parsed("smtp://mail.example.com", { SMTP_USER: "a", SMTP_PASSWORD: "b" })).toMatchObject({
      credentials: { user: "a", password: "b" },
    });
  });
});
