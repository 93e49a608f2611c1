// Mails without a ticket: found by the navigation, put into a ticket, made into one, discarded and fetched back.

import assert from "node:assert/strict";
import { test } from "node:test";

import { hindrances } from "./support/axe.mjs";
import { eventually, newContext, PHONE, story } from "./support/browser.mjs";
import { mailbox } from "./support/demo.mjs";
import { ownWord, send } from "./support/mails.mjs";
import { newTicket } from "./support/tickets.mjs";

/** Whom the demo's mailbox makes tickets for. */
async function takes(whom) {
  const context = await newContext();
  const page = await context.newPage();
  await page.goto("/mailboxes");
  const edit = await page.locator("li.box", { hasText: mailbox }).locator("a[href$='/edit']").getAttribute("href");
  await page.goto(`${edit}/receive`);
  await page.selectOption("[name=unknown_sender]", whom);
  await page.locator("main form button.btn-primary").first().click();
  await page.waitForURL("**/receive?told=saved");
  await context.close();
}

test("the mailbox takes only whom it knows", () => takes("known_only"));

/** A mail of somebody whom nobody knows; the word in its subject. */
async function unassigned(page) {
  const word = ownWord();
  await send({ subject: `Rückfrage ${word}`, text: "Wer ist zuständig?", from: `Fremd <fremd@${word}.example>` });
  await page.goto("/mails?tab=undecided");
  await eventually(async () => {
    await page.reload();
    assert.equal(await row(page, word).count(), 1);
  });
  return word;
}

const row = (page, word) => page.locator("li.jrow", { hasText: word });

story("a mail without a ticket is chosen and put into the ticket whose number is typed", async (page, context) => {
  await takes("ticket");
  const { number, subject } = await newTicket(context);
  await takes("known_only");
  const word = await unassigned(page);
  await page.goto("/inbox");
  await page.locator("#counters").getByRole("link", { name: /Mails ohne Ticket/ }).click();
  await row(page, word).getByRole("checkbox").check();
  await page.fill("#place-number", number);
  await page.locator("#place-said", { hasText: subject }).waitFor();
  await page.keyboard.press("Enter");
  await page.locator(".toast", { hasText: `Mail zu Ticket ${number} gelegt` }).waitFor();
  assert.equal(await row(page, word).count(), 0);
  await page.goto(`/tickets/${number}`);
  await page.getByText("hat eine Mail ohne Ticket hierher gelegt").first().waitFor();
  assert.ok((await page.locator("main").innerText()).includes("Wer ist zuständig?"));
});

story("a wrong number is said at the field and nothing is lost", { forgives: [/422/] }, async (page) => {
  const word = await unassigned(page);
  await row(page, word).getByRole("checkbox").check();
  await page.fill("#place-number", "GIBTESNICHT");
  await page.getByRole("button", { name: "Zuordnen" }).click();
  await page.locator("#place-said", { hasText: "Ein Ticket mit dieser Nummer gibt es nicht." }).waitFor();
  assert.equal(await page.inputValue("#place-number"), "GIBTESNICHT");
  assert.ok(await row(page, word).getByRole("checkbox").isChecked());
  assert.deepEqual(await hindrances(page), []);
});

story("an open mail becomes a ticket of its own", async (page) => {
  const word = await unassigned(page);
  await row(page, word).getByRole("link").click();
  await page.locator("#place-entry").getByRole("button", { name: "Neues Ticket" }).click();
  const toast = await page.locator(".toast", { hasText: "angelegt" }).innerText();
  const number = /Ticket (\S+) angelegt/.exec(toast)[1];
  await page.goto(`/tickets/${number}`);
  assert.ok((await page.locator("main").innerText()).includes(word));
});

story("a discarded mail comes back by the button of the toast", async (page) => {
  const word = await unassigned(page);
  await row(page, word).getByRole("checkbox").check();
  await page.getByRole("button", { name: "Verwerfen" }).click();
  await page.locator(".toast", { hasText: "Mail verworfen" }).waitFor();
  assert.equal(await row(page, word).count(), 0);
  await page.locator(".toast").getByRole("button").first().click();
  await page.locator(".toast", { hasText: "liegt wieder unter" }).waitFor();
  assert.equal(await row(page, word).count(), 1);
});

for (const [name, options] of [
  ["in the dark", { colorScheme: "dark" }],
  ["on a phone", { viewport: PHONE }],
  ["in English", { locale: "en-GB" }],
]) {
  story(`the list of mails without a ticket is usable ${name}`, options, async (page) => {
    const word = await unassigned(page);
    assert.deepEqual(await hindrances(page), []);
    const width = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(width <= 0, `${width} px too wide`);
    await row(page, word).getByRole("checkbox").check();
    await row(page, word).getByRole("link").click();
    await page.locator("#place-entry").waitFor();
    assert.deepEqual(await hindrances(page), []);
  });
}

story("the journal is narrowed by chips, and each is taken away again", async (page) => {
  await page.goto("/mails");
  const all = await page.locator("li.jrow").count();
  await page.keyboard.press("f");
  await page.locator("#filter").getByRole("link", { name: "Ergebnis Rückläufer" }).click();
  await page.locator(".chip", { hasText: "Ergebnis" }).waitFor();
  assert.match(page.url(), /outcome=bounce/);
  assert.ok((await page.locator("li.jrow").count()) < all);
  assert.deepEqual(await hindrances(page), []);
  await page.locator(".chip .x").first().click();
  await eventually(async () => assert.equal(await page.locator("li.jrow").count(), all));
});

story("a mailbox is reconciled by its button", async (page) => {
  await page.goto("/mailboxes");
  const box = page.locator("li.box", { hasText: mailbox });
  await box.getByRole("button", { name: /Jetzt abgleichen/ }).click();
  await eventually(async () => assert.match(await box.innerText(), /angenommen\s+[\d.]+\s+im Journal\s+[\d.]+[^]*Differenz 0/));
  assert.deepEqual(await hindrances(page), []);
});

test("without a script the forms do the same", async () => {
  const context = await newContext(undefined, { javaScriptEnabled: false });
  const page = await context.newPage();
  const word = await unassigned(page);
  await row(page, word).getByRole("checkbox").check();
  await page.getByRole("button", { name: "Verwerfen" }).click();
  // A click does not wait for the page that a form leads to.
  await page.locator(".toast", { hasText: "Mail verworfen" }).waitFor();
  await page.goto("/mails?outcome=filtered");
  assert.equal(await row(page, word).count(), 1);
  await context.close();
});

test("the mailbox takes everybody again", () => takes("ticket"));
