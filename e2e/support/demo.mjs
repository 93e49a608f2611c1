// What the tests know about the running demo: its start page says it.

import assert from "node:assert/strict";

/** Where the demo answers, without a slash at the end. */
export const address = process.env.E2E_ADDRESS;
assert.ok(address, "E2E_ADDRESS says where the demo answers; scripts/e2e sets it");

const start = await (await fetch(`${address}/demo?language=de`)).text();
const found = (pattern) => [...start.matchAll(pattern)].map((match) => match[1]);

/** The password of everybody. */
export const password = found(/name="password" value="([^"]+)"/g)[0];

/** A mailbox, and the host and port where its mails are taken. */
export const [mailbox, intake] = found(/<code>([^<]+)<\/code>/g);

const addresses = found(/name="address" value="([^"]+)"/g);

/** The address of the person whose address begins so. */
export function person(name) {
  const address = addresses.find((one) => one.startsWith(`${name}@`));
  assert.ok(address, `${name} is not among ${addresses.join(", ")}`);
  return address;
}

/** An administrator, who sees everything. */
export const administrator = person("m.thoms");
