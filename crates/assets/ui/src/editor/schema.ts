// What a message may consist of. Whatever is pasted or loaded becomes this, or text.

import { Node, type Extensions } from "@tiptap/core";
import { Blockquote } from "@tiptap/extension-blockquote";
import { Bold } from "@tiptap/extension-bold";
import { Code } from "@tiptap/extension-code";
import { Document } from "@tiptap/extension-document";
import { HardBreak } from "@tiptap/extension-hard-break";
import { HorizontalRule } from "@tiptap/extension-horizontal-rule";
import { Image } from "@tiptap/extension-image";
import { Italic } from "@tiptap/extension-italic";
import { Link } from "@tiptap/extension-link";
import { BulletList } from "@tiptap/extension-list/bullet-list";
import { ListItem } from "@tiptap/extension-list/item";
import { ListKeymap } from "@tiptap/extension-list/keymap";
import { OrderedList } from "@tiptap/extension-list/ordered-list";
import { Paragraph } from "@tiptap/extension-paragraph";
import { Strike } from "@tiptap/extension-strike";
import { Text } from "@tiptap/extension-text";
import { Underline } from "@tiptap/extension-underline";
import { Dropcursor } from "@tiptap/extensions/drop-cursor";
import { UndoRedo } from "@tiptap/extensions/undo-redo";

/** Ctrl+Enter sends; only Shift+Enter breaks the line. */
const LineBreak = HardBreak.extend({
  addKeyboardShortcuts() {
    return { "Shift-Enter": () => this.editor.commands.setHardBreak() };
  },
});

/** Pictures come from our own server only: others tell their sender who reads, and the page's policy refuses them. */
const Picture = Image.extend({
  parseHTML() {
    return [{ tag: "img[src^='/attachments/']" }];
  },
}).configure({ inline: true });

export function isLink(address: string): boolean {
  return /^(https?:\/\/|mailto:|tel:)\S+$/i.test(address);
}

const SafeLink = Link.configure({
  openOnClick: false,
  defaultProtocol: "https",
  HTMLAttributes: { target: null, rel: null, class: null },
  // What is only typed so far has no scheme yet.
  isAllowedUri: (address) => isLink(address) || /^(www\.|[^\s:/@]+@)[^\s:]+$/i.test(address),
  // `Readme.md` and `z.B.so` look like domains; people who mean one write www or https.
  shouldAutoLink: (address) => /^https?:\/\/|^www\.|@/i.test(address),
});

const SPANS = { colspan: { default: 1, parseHTML: span("colSpan") }, rowspan: { default: 1, parseHTML: span("rowSpan") } };

function span(name: "colSpan" | "rowSpan") {
  return (cell: HTMLElement) => Math.min(50, (cell as HTMLTableCellElement)[name] || 1);
}

// Tables are only pasted: they keep rows and cells, and nobody adds columns here.
const Table = Node.create({
  name: "table",
  group: "block",
  content: "tableRow+",
  isolating: true,
  parseHTML: () => [{ tag: "table" }],
  renderHTML: () => ["table", { border: "1", cellpadding: "4", cellspacing: "0" }, ["tbody", 0]],
});
const TableRow = Node.create({
  name: "tableRow",
  content: "(tableCell | tableHeader)+",
  parseHTML: () => [{ tag: "tr" }],
  renderHTML: () => ["tr", 0],
});
const TableCell = Node.create({
  name: "tableCell",
  content: "block+",
  isolating: true,
  addAttributes: () => SPANS,
  parseHTML: () => [{ tag: "td" }],
  renderHTML: ({ HTMLAttributes }) => ["td", HTMLAttributes, 0],
});
const TableHeader = TableCell.extend({
  name: "tableHeader",
  parseHTML: () => [{ tag: "th" }],
  renderHTML: ({ HTMLAttributes }) => ["th", HTMLAttributes, 0],
});

export const SCHEMA: Extensions = [
  Document,
  Paragraph,
  Text,
  Bold,
  Italic,
  Underline,
  Strike,
  Code,
  SafeLink,
  BulletList,
  OrderedList,
  ListItem,
  ListKeymap,
  Blockquote,
  LineBreak,
  HorizontalRule,
  Picture,
  Table,
  TableRow,
  TableCell,
  TableHeader,
  UndoRedo,
  Dropcursor.configure({ color: false, class: "dropcursor" }),
];
