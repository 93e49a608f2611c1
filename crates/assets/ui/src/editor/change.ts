// What differs between two versions of a text, as one replacement. Pure.

export interface Change {
  from: number;
  /** The end of what is replaced, in the earlier text. */
  to: number;
  inserted: string;
}

export function changeBetween(before: string, now: string): Change | undefined {
  if (before === now) return undefined;
  const shorter = Math.min(before.length, now.length);
  let from = 0;
  while (from < shorter && before[from] === now[from]) from += 1;
  let kept = 0;
  while (kept < shorter - from && before[before.length - 1 - kept] === now[now.length - 1 - kept]) kept += 1;
  return { from, to: before.length - kept, inserted: now.slice(from, now.length - kept) };
}
