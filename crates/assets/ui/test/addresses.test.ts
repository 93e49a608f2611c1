import assert from "node:assert/strict";
import { test } from "node:test";
import { isAddress, splitAddresses, writeAddress } from "../src/composer/addresses";

test("a list is split at commas, semicolons and lines", () => {
  assert.deepEqual(splitAddresses("Katrin Brandt <k@x.example>, a@b.example;\nc@d.example"), [
    { name: "Katrin Brandt", address: "k@x.example" },
    { name: "", address: "a@b.example" },
    { name: "", address: "c@d.example" },
  ]);
});

test("a comma within a name does not split it, with quotes or as Outlook copies it", () => {
  const katrin = [{ name: "Brandt, Katrin", address: "k@x.example" }];
  assert.deepEqual(splitAddresses('"Brandt, Katrin" <k@x.example>'), katrin);
  assert.deepEqual(splitAddresses("Brandt, Katrin <k@x.example>"), katrin);
});

test("what is no address stays, so that it can be mended", () => {
  assert.deepEqual(splitAddresses("Katrin, k@x.example, "), [
    { name: "", address: "Katrin" },
    { name: "", address: "k@x.example" },
  ]);
});

test("a name with marks is written in quotes and reads as the same again", () => {
  const address = { name: 'Brandt, "Kati"', address: "k@x.example" };
  assert.equal(writeAddress(address), '"Brandt, \\"Kati\\"" <k@x.example>');
  assert.deepEqual(splitAddresses(writeAddress(address)), [address]);
  assert.equal(writeAddress({ name: "Jörg Öztürk", address: "j@x.example" }), "Jörg Öztürk <j@x.example>");
});

test("an address has one @ and a dot behind it", () => {
  assert.ok(isAddress("jörg.ost+ticket@mail.müller.example"));
  for (const faulty of ["katrin", "k@x", "k@@x.example", "k k@x.example", "k@x..example", ""]) assert.ok(!isAddress(faulty), faulty);
});
