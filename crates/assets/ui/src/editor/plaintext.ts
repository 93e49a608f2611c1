// A document as plain text and back. Pure.

import type { Mark, Node } from "@tiptap/pm/model";

/** A text, and for each of its characters where it stands in the document; one more for the end. */
export interface Flat {
  text: string;
  positions: number[];
}

export type Quotes = "with quotes" | "without quotes";

export function flatten(doc: Node, quotes: Quotes = "with quotes"): Flat {
  const writer = new Writer(quotes);
  writer.blocks(doc, 0, "", "\n\n");
  return { text: writer.text, positions: [...writer.positions, writer.last] };
}

class Writer {
  text = "";
  positions: number[] = [];
  last = 1;

  constructor(private readonly quotes: Quotes) {}

  /** Blocks below each other; `gap` is what stands between two of them. */
  blocks(parent: Node, start: number, indent: string, gap: "\n" | "\n\n"): void {
    let isFirst = true;
    parent.forEach((child, offset) => {
      if (child.type.name === "blockquote" && this.quotes === "without quotes") return;
      if (!isFirst) this.gap(gap, indent);
      isFirst = false;
      this.block(child, start + offset, indent);
    });
  }

  private block(node: Node, at: number, indent: string): void {
    if (node.isTextblock) return this.line(node, at + 1, indent);
    const name = node.type.name;
    if (name === "horizontalRule") return this.put("---", at);
    if (name === "blockquote") {
      this.put("> ", at + 2);
      return this.blocks(node, at + 1, `${indent}> `, "\n\n");
    }
    if (name === "tableRow") return this.cells(node, at + 1, indent);
    if (name === "bulletList" || name === "orderedList") return this.items(node, at + 1, indent);
    return this.blocks(node, at + 1, indent, name === "table" ? "\n" : "\n\n");
  }

  private items(list: Node, start: number, indent: string): void {
    const first = Number(list.attrs.start ?? 1);
    list.forEach((item, offset, index) => {
      const bullet = list.type.name === "bulletList" ? "- " : `${first + index}. `;
      if (index > 0) this.gap("\n", indent);
      this.put(bullet, start + offset + 2);
      this.blocks(item, start + offset + 1, indent + " ".repeat(bullet.length), "\n");
    });
  }

  private cells(row: Node, start: number, indent: string): void {
    row.forEach((cell, offset, index) => {
      if (index > 0) this.put(" | ", start + offset);
      this.blocks(cell, start + offset + 1, `${indent}  `, "\n");
    });
  }

  private line(block: Node, start: number, indent: string): void {
    this.last = start;
    block.forEach((child, offset, index) => {
      const at = start + offset;
      if (child.isText) this.put((child.text ?? "").replace(/\u00a0/g, " "), at, 1);
      else if (child.type.name === "hardBreak") this.put(`\n${indent}`, at);
      else this.put(child.attrs.alt ? `[${child.attrs.alt}]` : "", at);
      this.last = at + child.nodeSize;
      const target = link(child);
      const goesOn = target !== undefined && index + 1 < block.childCount && link(block.child(index + 1)) === target;
      if (target && !goesOn && !isSame(target, child.text ?? "")) this.put(` <${target}>`, this.last);
    });
  }

  private gap(gap: "\n" | "\n\n", indent: string): void {
    const empty = gap === "\n\n" ? `\n${indent.trimEnd()}` : "";
    this.put(`${empty}\n${indent}`, this.last);
  }

  private put(text: string, at: number, step: 0 | 1 = 0): void {
    for (let index = 0; index < text.length; index += 1) this.positions.push(at + step * index);
    this.text += text;
  }
}

function link(node: Node): string | undefined {
  return node.marks.find((mark: Mark) => mark.type.name === "link")?.attrs.href;
}

function isSame(target: string, text: string): boolean {
  const bare = (address: string) => address.replace(/^(mailto:|tel:|https?:\/\/)/, "").replace(/\/$/, "");
  return bare(target) === bare(text);
}

/** Plain text as paragraphs. Flattened again, it is the same text. */
export function htmlOf(text: string): string {
  const paragraphs = text.replace(/\r\n?/g, "\n").split("\n\n");
  return paragraphs.map((lines) => `<p>${lines.split("\n").map(escaped).join("<br>")}</p>`).join("");
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

function escaped(line: string): string {
  const safe = line.replace(/[&<>]/g, (character) => ENTITIES[character] ?? character);
  // Blanks in a row and at the edges would be lost.
  return safe.replace(/\t/g, "    ").replace(/^ | $| (?= )/g, "\u00a0");
}
