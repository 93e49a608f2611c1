// The number in the title of the tab.

/** The title with this count in front: `(5) Eingang · Laufzettel`, without one for zero. */
export function withCount(title: string, count: string): string {
  const bare = title.replace(/^\(\d+\+?\) /, "");
  return /^[1-9]\d*\+?$/.test(count) ? `(${count}) ${bare}` : bare;
}
