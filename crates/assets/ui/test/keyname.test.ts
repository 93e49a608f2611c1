import assert from "node:assert/strict";
import { test } from "node:test";
import { Chords, keyName, modifiers, names } from "../src/keyname";

function pressed(key: string, held: string[] = []) {
  return {
    key,
    ctrlKey: held.includes("ctrl"),
    metaKey: held.includes("meta"),
    altKey: held.includes("alt"),
    shiftKey: held.includes("shift"),
    getModifierState: (name: string) => name === "AltGraph" && held.includes("altgr"),
  };
}

test("a key is named by the character it produces, in lower case", () => {
  assert.equal(keyName(pressed("J", ["shift"])), "j");
  assert.equal(keyName(pressed("?", ["shift"])), "?");
  assert.equal(keyName(pressed(" ")), "Space");
  assert.equal(keyName(pressed("ArrowDown")), "ArrowDown");
});

test("shift counts with letters and named keys, not with characters that need it", () => {
  assert.equal(modifiers(pressed("J", ["shift"])), "shift");
  assert.equal(modifiers(pressed("/", ["shift"])), "");
  assert.equal(modifiers(pressed("Enter", ["ctrl", "shift"])), "ctrl shift");
});

test("cmd is ctrl, and AltGr produces plain characters", () => {
  assert.equal(modifiers(pressed("k", ["meta"])), "ctrl");
  assert.equal(modifiers(pressed("@", ["ctrl", "alt", "altgr"])), "");
});

test("an element can have two keys", () => {
  assert.equal(names("/ q", "q"), true);
  assert.equal(names("/ q", " "), false);
  assert.equal(names(undefined, "q"), false);
});

test("a chord is two keys within a second and a half", () => {
  const chords = new Chords();
  assert.equal(chords.press("g", 0, ["g e", "g m"]), "wait");
  assert.equal(chords.press("e", 1499, ["g e", "g m"]), "g e");
  assert.equal(chords.press("g", 2000, ["g e"]), "wait");
  assert.equal(chords.press("e", 3500, ["g e"]), undefined);
});

test("a second key that ends no chord does nothing", () => {
  const chords = new Chords();
  assert.equal(chords.press("g", 0, ["g e"]), "wait");
  assert.equal(chords.press("x", 10, ["g e"]), "none");
  assert.equal(chords.press("e", 20, ["g e"]), undefined);
});
