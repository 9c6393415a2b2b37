import { describe, expect, it } from "vitest";
import { validLanguage } from "./language";

describe("validLanguage", () => {
  it("should keep a tag that is one", () => {
    expect(validLanguage("de-CH")).toBe("de-CH");
    expect(validLanguage("en")).toBe("en");
  });

  it("should leave out what a POSIX locale appends", () => {
    expect(validLanguage("en-US@posix")).toBe("en-US");
    expect(validLanguage("de_DE.UTF-8")).toBe("de-DE");
  });

  it("should fall back to English where there is nothing usable", () => {
    expect(validLanguage("C")).toBe("en");
    expect(validLanguage("")).toBe("en");
    expect(validLanguage(undefined)).toBe("en");
  });
});
