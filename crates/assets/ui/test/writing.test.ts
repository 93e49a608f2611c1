import assert from "node:assert/strict";
import { test } from "node:test";
import { mentions } from "../src/composer/mention";
import { queryAfter, slashQuery } from "../src/composer/trigger";
import { changeBetween } from "../src/editor/change";
import { withoutOffice } from "../src/editor/clean";

const WORDS = "anhang,angehängt,beigefügt,anbei,attached".split(",");

test("a text speaks of an attachment by a word or a form of it", () => {
  for (const text of ["Anbei der Plan.", "siehe Anhang", "die Größe des Anhangs", "im beigefügten Brief", "PDF-Anhang"]) {
    assert.ok(mentions(text, WORDS), text);
  }
});

test("longer words that only begin alike, and parts of words, are something else", () => {
  for (const text of ["ihr Anhangsverzeichnis", "danbei", "", "unattached"]) assert.ok(!mentions(text, WORDS), text);
  assert.ok(!mentions("Guten Tag", [""]));
});

test("a slash at the start of the line searches a text block", () => {
  assert.equal(slashQuery("/"), "");
  assert.equal(slashQuery("/gruß kurz"), "gruß kurz");
  for (const before of ["", "und/oder", " /x", "// Bemerkung", "/ so", `/${"x".repeat(41)}`]) assert.equal(slashQuery(before), undefined, before);
});

test("after the button, what is typed from then on searches", () => {
  assert.equal(queryAfter("Guten Tag sp", "Guten Tag "), "sp");
  assert.equal(queryAfter("Guten", "Guten Tag "), undefined);
});

test("the difference of two texts is one replacement", () => {
  assert.equal(changeBetween("gleich", "gleich"), undefined);
  assert.deepEqual(changeBetween("Guten Tag", "Guten lieben Tag"), { from: 6, to: 6, inserted: "lieben " });
  assert.deepEqual(changeBetween("aaa", "aa"), { from: 2, to: 3, inserted: "" });
  assert.deepEqual(changeBetween("", "x"), { from: 0, to: 0, inserted: "x" });
});

test("of what Office copies only the content is left, with its bullets marked", () => {
  const word = "<style>p{}</style><!--[if gte mso 9]><xml>x</xml><![endif]--><p class=MsoListParagraph><![if !supportLists]>1.<![endif]>Eins<o:p></o:p></p>";
  assert.equal(withoutOffice(word), "<p class=MsoListParagraph><span data-bullet>1.</span>Eins</p>");
});
