// Whether a text speaks of an attachment. Pure.

/** Whether one of these words, or a form of it such as `Anhangs`, begins somewhere in the text. */
export function mentions(text: string, words: string[]): boolean {
  return words.some((word) => word !== "" && pattern(word).test(text));
}

function pattern(word: string): RegExp {
  const literal = word.trim().replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?<!\\p{L})${literal}\\p{L}{0,3}(?!\\p{L})`, "iu");
}
