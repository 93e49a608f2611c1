// Names of pressed keys, as pages write them in `data-key`. Pure, so that it can be tested without a browser.

export interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  getModifierState(name: string): boolean;
}

/** The produced character in lower case, or the name of the key: `e`, `?`, `Enter`, `Space`. */
export function keyName(pressed: Pressed): string {
  if (pressed.key === " ") return "Space";
  return pressed.key.length === 1 ? pressed.key.toLowerCase() : pressed.key;
}

/**
 * The held modifiers as `data-key-mod` spells them: ``, `ctrl`, `shift`, `ctrl shift`.
 *
 * Cmd counts as Ctrl. Shift counts only with letters and named keys, because `?` and `/` need it on
 * some keyboards. What AltGr produces is a plain character.
 */
export function modifiers(pressed: Pressed): string {
  if (pressed.getModifierState("AltGraph")) return "";
  const words: string[] = [];
  if (pressed.ctrlKey || pressed.metaKey) words.push("ctrl");
  if (pressed.altKey) words.push("alt");
  if (pressed.shiftKey && (pressed.key.length > 1 || /\p{L}/u.test(pressed.key) || words.length > 0)) words.push("shift");
  return words.join(" ");
}

/** Whether a blank-separated list of keys, as in `data-key="u Backspace"`, has this one. */
export function names(list: string | undefined, key: string): boolean {
  return (list ?? "").split(" ").includes(key);
}

/** Recognises two keys pressed one after the other within a second and a half, such as `g e`. */
export class Chords {
  private first = "";
  private until = 0;

  /** Returns the whole chord when `key` ends one, `wait` when it begins one, `none` when it ends one that there is not, and nothing otherwise. */
  press(key: string, now: number, chords: string[]): string | undefined {
    const whole = now < this.until ? `${this.first} ${key}` : "";
    this.until = 0;
    if (chords.includes(whole)) return whole;
    if (whole !== "") return "none";
    if (!chords.some((chord) => chord.startsWith(`${key} `))) return undefined;
    this.first = key;
    this.until = now + 1500;
    return "wait";
  }
}
