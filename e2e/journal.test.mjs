// The journal of mails and the state of the mailboxes.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { mailbox } from "./support/demo.mjs";
import { eventually, story } from "./support/browser.mjs";
import { ownWord, send } from "./support/mails.mjs";
import { newTicket } from "./support/tickets.mjs";

story("a mail stands in the journal with its decision, its way and its original", async (page, context) => {
  const { number, word, subject, id } = await newTicket(context);
  await page.goto("/mails");
  await page.fill("#where", word);
  await page.keyboard.press("Enter");
  const row = page.locator("li.jrow");
  await eventually(async () => assert.equal(await row.count(), 1));
  assert.match(await row.innerText(), new RegExp(`neu: ${number}`));
  await row.getByRole("link").click();
  await page.getByRole("heading", { level: 2, name: subject }).waitFor();
  assert.match(await page.locator(".plain").innerText(), new RegExp(`Aus der Mail wurde das neue Ticket ${number}\\.`));
  const way = await page.locator("ol.trace").innerText();
  assert.match(way, /Angekommen\s*Postfach [^]*, über LMTP[^]*Gespeichert[^]*Zugeordnet/);
  assert.match(way, /\d\d:\d\d:\d\d/);
  assert.doesNotMatch(way, /\b0 Zeilen/);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Original laden" }).click()]);
  assert.ok(readFileSync(await download.path(), "utf8").includes(`\r\nMessage-ID: ${id}\r\n`));
  await page.getByRole("link", { name: "Original ansehen" }).click();
  await page.getByRole("heading", { level: 1, name: /^Original: / }).waitFor();
  assert.ok((await page.locator("pre.source").innerText()).includes(`Message-ID: ${id}`));
});

story("a mail that comes in appears in the open journal", async (page) => {
  const word = ownWord();
  await page.goto(`/mails?q=${word}`);
  assert.equal(await page.locator("li.jrow").count(), 0);
  await send({ subject: `Rückfrage ${word}`, text: "Ist die Mail angekommen?" });
  await page.locator("li.jrow", { hasText: word }).waitFor();
});

story("J at the end of the journal loads older mails", async (page) => {
  await page.goto("/mails");
  const before = await page.locator("li.jrow").count();
  await page.locator("li.jrow a").last().focus();
  await page.keyboard.press("j");
  await eventually(async () => assert.ok((await page.locator("li.jrow").count()) > before));
  for (const time of await page.locator("li.jrow time").allTextContents()) assert.match(time, /^\d\d:\d\d$/);
});

story("each mailbox says how it does and that no mail is missing", async (page) => {
  await page.goto("/mailboxes");
  const box = page.locator("li.box", { hasText: mailbox });
  assert.match(await box.innerText(), /Nimmt Mails an/);
  assert.doesNotMatch(await box.innerText(), /Mails fehlen|eine Mail fehlt|unbekannt/);
  assert.match(await box.innerText(), /angenommen\s+\d+/);
});
