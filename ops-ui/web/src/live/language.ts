// A browser in the POSIX locale, which is what many control-room machines run in, gives its language as
// "en-US@posix". That is no language tag, and whatever formats numbers with it (the plots do, while they are
// loaded) throws: the page would stay empty. Import this before anything else.

/** The tag itself where it is one, else what stands before the "@" or ".", else English. */
export function validLanguage(tag: string | undefined): string {
  for (const candidate of [tag, tag?.split(/[@.]/)[0]?.replace("_", "-")]) {
    try {
      if (candidate !== undefined && candidate !== "" && Intl.getCanonicalLocales(candidate).length === 1) {
        return candidate;
      }
    } catch {
      // Not a tag: the next one.
    }
  }
  return "en";
}

if (typeof navigator !== "undefined") {
  const valid = validLanguage(navigator.language);
  if (valid !== navigator.language) {
    Object.defineProperty(navigator, "language", { configurable: true, value: valid });
    Object.defineProperty(navigator, "languages", { configurable: true, value: [valid] });
  }
}
