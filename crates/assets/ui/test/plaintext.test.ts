import assert from "node:assert/strict";
import { test } from "node:test";
import { type Node, Schema } from "@tiptap/pm/model";
import { flatten, htmlOf } from "../src/editor/plaintext";

const schema = new Schema({
  nodes: {
    doc: { content: "block+" },
    paragraph: { group: "block", content: "inline*" },
    blockquote: { group: "block", content: "block+" },
    bulletList: { group: "block", content: "listItem+" },
    listItem: { content: "block+" },
    hardBreak: { group: "inline", inline: true },
    text: { group: "inline" },
  },
  marks: { link: { attrs: { href: {} } } },
});
const { doc, paragraph, blockquote, bulletList, listItem, hardBreak } = schema.nodes;

function p(...content: (string | Node)[]): Node {
  return paragraph!.create(null, content.map((part) => (typeof part === "string" ? schema.text(part) : part)));
}

test("paragraphs have a line between them, lists and quotes their marks", () => {
  const page = doc!.create(null, [
    p("Guten Tag,", hardBreak!.create(), "wie besprochen:"),
    bulletList!.create(null, [listItem!.create(null, p("eins")), listItem!.create(null, p("zwei", hardBreak!.create(), "weiter"))]),
    blockquote!.create(null, [p("früher"), p("noch früher")]),
  ]);
  assert.equal(flatten(page).text, "Guten Tag,\nwie besprochen:\n\n- eins\n- zwei\n  weiter\n\n> früher\n>\n> noch früher");
  assert.equal(flatten(page, "without quotes").text, "Guten Tag,\nwie besprochen:\n\n- eins\n- zwei\n  weiter");
});

test("a link tells its target if its words do not", () => {
  const link = (text: string, href: string) => schema.text(text, [schema.mark("link", { href })]);
  assert.equal(flatten(doc!.create(null, p("Siehe ", link("hier", "https://x.example/a"), "."))).text, "Siehe hier <https://x.example/a>.");
  assert.equal(flatten(doc!.create(null, p(link("x.example/a", "https://x.example/a")))).text, "x.example/a");
});

test("every character knows its place in the document", () => {
  const { text, positions } = flatten(doc!.create(null, [p("ab", hardBreak!.create(), "c"), p("d")]));
  assert.equal(text, "ab\nc\n\nd");
  assert.deepEqual(positions, [1, 2, 3, 4, 5, 5, 7, 8]);
});

test("plain text becomes paragraphs and lines, and nothing in it is a tag", () => {
  assert.equal(htmlOf("Guten Tag,\nFrau <b>\n\nEnde"), "<p>Guten Tag,<br>Frau &lt;b&gt;</p><p>Ende</p>");
  assert.equal(htmlOf("a  b"), "<p>a\u00a0 b</p>");
});
