// Which row comes next. Pure: works on the keys of rows, in their order.

/** The key `step` places further, or `beyond` after the last. Without a current row: the first or last. */
export function moved(rows: string[], current: string | null, step: 1 | -1): string | "beyond" | null {
  if (rows.length === 0) return null;
  const at = current === null ? -1 : rows.indexOf(current);
  if (at < 0) return (step > 0 ? rows[0] : rows[rows.length - 1]) ?? null;
  const next = rows[at + step];
  return next ?? (step > 0 ? "beyond" : (rows[0] ?? null));
}

/** The row that takes the place of `gone`: the next one that is still there, else the one before. */
export function successor(before: string[], gone: string, now: Set<string>): string | null {
  const at = before.indexOf(gone);
  if (at < 0) return null;
  const after = before.slice(at).find((row) => now.has(row));
  return after ?? before.slice(0, at).reverse().find((row) => now.has(row)) ?? null;
}

/** The sentence for a number: `one` for 1, else `many` with `{n}` replaced. */
export function counted(n: number, one: string, many: string): string {
  return (n === 1 ? one : many).replace("{n}", String(n));
}
