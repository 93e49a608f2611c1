import assert from "node:assert/strict";
import { test } from "node:test";
import { withCount } from "../src/titles";

test("the count stands in front of the title and is replaced", () => {
  assert.equal(withCount("Eingang · Laufzettel", "5"), "(5) Eingang · Laufzettel");
  assert.equal(withCount("(5) Eingang · Laufzettel", "6"), "(6) Eingang · Laufzettel");
  assert.equal(withCount("(6) Eingang · Laufzettel", "1000+"), "(1000+) Eingang · Laufzettel");
});

test("zero and what is no number take the count away", () => {
  assert.equal(withCount("(5) Eingang", "0"), "Eingang");
  assert.equal(withCount("(1000+) Eingang", ""), "Eingang");
  assert.equal(withCount("Eingang (alt)", "<b>"), "Eingang (alt)");
});
