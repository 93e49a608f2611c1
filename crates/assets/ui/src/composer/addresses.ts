// Lists of mail addresses as people type and paste them. Pure. The server has the last word on each.

export interface Address {
  name: string;
  address: string;
}

/** Splits a list at commas, semicolons and lines, but not inside of quotes and angle brackets. */
export function splitAddresses(list: string): Address[] {
  return joinNames(parts(list)).map(parseAddress);
}

/** `Brandt, Katrin <k@x.example>`, as Outlook copies it, is one address: a part without @ belongs to the next. */
function joinNames(all: string[]): string[] {
  const joined: string[] = [];
  let name: string[] = [];
  for (const part of all) {
    if (part.includes("@")) {
      const before = /^[^@]*<[^<]*>$/.test(part) ? name : [];
      if (before.length === 0) joined.push(...name);
      joined.push([...before, part].join(", "));
      name = [];
    } else {
      name.push(part);
    }
  }
  return [...joined, ...name];
}

function parts(list: string): string[] {
  const found = list.match(/(?:"(?:\\.|[^"\\])*"?|<[^>]*>?|[^,;\r\n\t"<])+/g) ?? [];
  return found.map((part) => part.trim()).filter((part) => part !== "");
}

export function parseAddress(text: string): Address {
  const both = /^(.*)<([^<>]*)>$/s.exec(text.trim());
  if (!both) return { name: "", address: text.trim().replace(/^mailto:/i, "") };
  return { name: unquote((both[1] ?? "").trim()), address: (both[2] ?? "").trim() };
}

function unquote(name: string): string {
  const quoted = /^(["'])(.*)\1$/s.exec(name);
  return quoted ? (quoted[2] ?? "").replace(/\\(.)/g, "$1") : name;
}

/** Writes an address as a header would: `"Brandt, Katrin" <k@x.example>`. */
export function writeAddress({ name, address }: Address): string {
  if (name === "") return address;
  const plain = /^[\p{L}\p{N} .'&+/_-]+$/u.test(name) ? name : `"${name.replace(/["\\]/g, "\\$&")}"`;
  return `${plain} <${address}>`;
}

/** Whether this looks like an address that mail can be sent to. */
export function isAddress(address: string): boolean {
  return /^[^\s@<>()[\],;:"\\]+@[^\s@<>()[\],;:"\\.]+(\.[^\s@<>()[\],;:"\\.]+)+$/.test(address);
}
