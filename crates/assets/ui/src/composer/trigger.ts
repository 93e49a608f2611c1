// What is typed to find a text block. Pure.

const LENGTH_MAX = 40;

/** What stands after a slash at the start of the line, if that may be a search for a text block. */
export function slashQuery(before: string): string | undefined {
  const query = /^\/(?!\/|\s)(.*)$/su.exec(before)?.[1] ?? (before === "/" ? "" : undefined);
  return query !== undefined && query.length <= LENGTH_MAX ? query : undefined;
}

/** What was typed since the search was opened by its button, where `opened` stood before the caret. */
export function queryAfter(before: string, opened: string): string | undefined {
  if (!before.startsWith(opened) || before.length - opened.length > LENGTH_MAX) return undefined;
  return before.slice(opened.length);
}
