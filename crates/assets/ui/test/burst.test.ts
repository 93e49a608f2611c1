import assert from "node:assert/strict";
import { test } from "node:test";
import { Burst, readMessage, retryDelay } from "../src/burst";

test("the first message leaves at once, those after it wait until a second is over", () => {
  const burst = new Burst(1000);
  assert.equal(burst.delay(5000), undefined);
  burst.add("ticket", "1");
  assert.equal(burst.delay(5000), 0);
  burst.take(5000);
  burst.add("ticket", "2");
  assert.equal(burst.delay(5300), 700);
});

test("a burst is one announcement per topic, with every id once", () => {
  const burst = new Burst(1000);
  for (const id of ["1", "2", "1"]) burst.add("ticket", id);
  burst.add("counters", "");
  assert.deepEqual(burst.take(0), [
    ["ticket", ["1", "2"]],
    ["counters", [""]],
  ]);
  assert.deepEqual(burst.take(0), []);
});

test("a message that is no announcement is nothing", () => {
  assert.deepEqual(readMessage('{"topic":"ticket","id":"123"}'), { topic: "ticket", id: "123" });
  assert.deepEqual(readMessage('{"topic":"ticket"}'), { topic: "ticket", id: "" });
  assert.equal(readMessage("hello"), undefined);
  assert.equal(readMessage('{"topic":"Ticket gone"}'), undefined);
  assert.equal(readMessage("null"), undefined);
});

test("a lost stream is tried again ever more slowly, at least once a minute", () => {
  assert.deepEqual([1, 2, 3, 6, 20].map(retryDelay), [2000, 4000, 8000, 60000, 60000]);
});
