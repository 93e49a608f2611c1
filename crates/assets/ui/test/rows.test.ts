import assert from "node:assert/strict";
import { test } from "node:test";
import { counted, moved, successor } from "../src/rows";

test("moving starts at the first or last row and stops at the first", () => {
  assert.equal(moved(["1", "2", "3"], null, 1), "1");
  assert.equal(moved(["1", "2", "3"], null, -1), "3");
  assert.equal(moved(["1", "2", "3"], "2", 1), "3");
  assert.equal(moved(["1", "2", "3"], "1", -1), "1");
});

test("moving beyond the last row says so, so that more can be loaded", () => {
  assert.equal(moved(["1", "2"], "2", 1), "beyond");
  assert.equal(moved([], "2", 1), null);
});

test("a row that is gone is followed by the next one still there, else by the one before", () => {
  assert.equal(successor(["1", "2", "3", "4"], "2", new Set(["1", "4"])), "4");
  assert.equal(successor(["1", "2", "3"], "3", new Set(["1", "2"])), "2");
  assert.equal(successor(["1", "2", "3"], "2", new Set(["1", "2", "3"])), "2");
  assert.equal(successor(["1"], "1", new Set()), null);
});

test("a count has its own sentence for one", () => {
  assert.equal(counted(1, "1 ausgewählt", "{n} ausgewählt"), "1 ausgewählt");
  assert.equal(counted(12, "1 selected", "{n} selected"), "12 selected");
});
