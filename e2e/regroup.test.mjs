// A message is explained, moved and fetched back; tickets are merged and separated again.

import assert from "node:assert/strict";

import { PHONE, eventually, story } from "./support/browser.mjs";
import { hindrances } from "./support/axe.mjs";
import { send } from "./support/mails.mjs";
import { listWith, newTicket, newTickets, numbersOf } from "./support/tickets.mjs";

/** A ticket with a second mail. */
async function withTwo(context, mail = {}) {
  const ticket = await newTicket(context, mail);
  await send({ ...mail, subject: `[#${ticket.number}] ${ticket.subject}`, text: "Und noch etwas.", answers: ticket.id });
  await eventually(async () => {
    const page = await context.request.get(`/tickets/${ticket.number}`);
    assert.match(await page.text(), /Und noch etwas/);
  });
  return ticket;
}

const other = { from: "Paul Ohm <p.ohm@andere-firma.example>", about: "Lampe flackert" };

story("a message says why it is here and is moved from there, and undone by a key", async (page, context) => {
  const [one, two] = [await withTwo(context), await newTicket(context, other)];
  await page.goto(`/tickets/${one.number}`);
  await page.locator("article.msg").last().getByRole("button", { name: "Warum ist diese Nachricht hier?" }).click();
  const why = page.locator(".whypop:popover-open");
  await why.locator(".evid li").first().waitFor();
  assert.deepEqual(await hindrances(page), []);
  await why.getByLabel("Gehört sie woanders hin?").pressSequentially(two.word);
  await eventually(async () => {
    const choices = await why.locator("datalist option").evaluateAll((all) => all.map((one) => one.value));
    assert.deepEqual(choices, [`${two.number} ${two.subject}`]);
  });
  await why.getByLabel("Gehört sie woanders hin?").fill(`${two.number} ${two.subject}`);
  await why.getByRole("button", { name: "Verschieben" }).click();
  await page.getByText(`Eine Nachricht nach ${two.number} verschoben`).waitFor();
  await page.locator(".joined").getByRole("button", { name: "Zurückholen" }).waitFor();
  assert.equal(await page.locator("article.msg").count(), 1);
  await page.locator("#conversation").focus();
  await page.keyboard.press("z");
  await page.getByText("Wieder getrennt", { exact: true }).waitFor();
  assert.equal(await page.locator("article.msg").count(), 2);
});

story("tickets are merged by a key, the old number leads on, and they are separated again", async (page, context) => {
  const [one, two] = [await newTicket(context), await newTicket(context, other)];
  await page.goto(`/tickets/${two.number}`);
  await page.locator("#conversation").focus();
  await page.keyboard.press("m");
  await page.waitForURL(/\/merge$/);
  assert.deepEqual(await hindrances(page), []);
  await page.getByLabel("Mit welchem Ticket?").fill(one.word);
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: one.number }).click();
  await page.getByText("Zusammen 2 Nachrichten.").waitFor();
  assert.deepEqual(await hindrances(page), []);
  await page.locator("main").getByRole("button", { name: "Zusammenführen" }).click();
  await page.waitForURL(new RegExp(`/tickets/${one.number}`));
  await page.getByText(`${two.number} in ${one.number} zusammengeführt`).waitFor();
  await page.getByText(`Antworten an ${two.number} kommen hier an.`).waitFor();
  assert.equal(await page.locator(`[data-from="${two.number}"]`).first().isVisible(), true);
  assert.deepEqual(await hindrances(page), []);
  await page.goto(`/tickets/${two.number}`);
  await page.waitForURL(new RegExp(`/tickets/${one.number}$`));
  await page.locator(".joined").getByRole("button", { name: "Wieder trennen" }).click();
  await page.getByText("Wieder getrennt", { exact: true }).waitFor();
  await page.goto(`/tickets/${two.number}`);
  await page.getByRole("heading", { name: two.subject }).waitFor();
});

story("three tickets are selected by keys, merged and separated again in one step", async (page, context) => {
  const { word, numbers } = await newTickets(context, 3);
  const [oldest, ...others] = numbers.toSorted();
  await page.goto(listWith(word));
  await page.keyboard.press("j");
  await page.keyboard.press("m");
  await page.getByText("Wählen Sie mindestens zwei Tickets.").waitFor();
  assert.equal(await page.locator("li.trow input:checked").count(), 1);
  await page.locator("#bulk-more .menu-item[value=rules]").waitFor({ state: "attached" });
  const offer = page.locator("#bulk-more .menu-item[value=merge]");
  assert.equal(await offer.getAttribute("hidden"), "");
  await page.keyboard.press("Shift+J");
  await page.keyboard.press("Shift+J");
  assert.equal(await page.locator("li.trow input:checked").count(), 3);
  assert.equal(await offer.getAttribute("hidden"), null);
  await page.keyboard.press("m");
  await page.waitForURL(/\/tickets\/merge\?/);
  assert.deepEqual(await hindrances(page), []);
  await page.getByText("Zusammen 3 Nachrichten.").waitFor();
  assert.equal(await page.locator("input[name=stays]:checked").inputValue(), oldest);
  // The focus is on the ticket that stays: an arrow chooses the next one, Enter merges.
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.locator("input[name=stays]:checked").inputValue(), others[0]);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await page.waitForURL(new RegExp(`/tickets/${oldest}\\?done=`));
  await page.getByText(`2 Tickets in ${oldest} zusammengeführt`).waitFor();
  assert.equal(await page.locator("article.msg").count(), 3);
  assert.equal(await page.locator(".joined").getByRole("button", { name: "Wieder trennen" }).count(), 2);
  assert.deepEqual(await hindrances(page), []);
  assert.deepEqual(await numbersOf(context, word, 1), [oldest]);
  await page.locator("#conversation").focus();
  await page.keyboard.press("z");
  await page.getByText("Wieder getrennt", { exact: true }).waitFor();
  assert.equal(await page.locator("article.msg").count(), 1);
  assert.deepEqual((await numbersOf(context, word, 3)).toSorted(), [oldest, ...others]);
});

story("several tickets are merged without a script on a phone, in the dark", { javaScriptEnabled: false, viewport: PHONE, colorScheme: "dark" }, async (page, context) => {
  const { word, numbers } = await newTickets(context, 2);
  const [, younger] = numbers.toSorted();
  await page.goto(listWith(word));
  for (const number of numbers) await page.locator(`#t-${number} input`).check();
  await page.getByRole("button", { name: "Weitere Aktionen" }).click();
  await page.getByRole("button", { name: "Zusammenführen …" }).click();
  await page.waitForURL(/\/tickets\/merge\?/);
  const [wide, there] = await page.locator("main").evaluate((main) => [main.scrollWidth, main.clientWidth]);
  assert.ok(wide <= there, `${wide - there} px too wide`);
  await page.locator(`input[name=stays][value="${younger}"]`).check();
  await page.getByRole("button", { name: "2 Tickets zusammenführen" }).click();
  await page.waitForURL(new RegExp(`/tickets/${younger}\\?done=`));
  assert.deepEqual(await numbersOf(context, word, 1), [younger]);
});

story("messages are chosen and split off on a phone, in the dark", { viewport: PHONE, colorScheme: "dark" }, async (page, context) => {
  const one = await withTwo(context);
  await page.goto(`/tickets/${one.number}/move`);
  assert.deepEqual(await hindrances(page), []);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(overflow <= 0, `${overflow} px too wide`);
  await page.locator("input[name=message]").last().check();
  await page.getByLabel("Betreff des neuen Tickets").fill("Eigenes Anliegen");
  await page.getByRole("button", { name: "Als neues Ticket abtrennen" }).click();
  await page.getByRole("heading", { name: "Eigenes Anliegen" }).waitFor();
  await page.getByText("Eine Nachricht als").waitFor();
  assert.deepEqual(await hindrances(page), []);
});

story("what may be about the same is proposed above the conversation", async (page, context) => {
  const sender = { from: `Lea Kurz <l.kurz${Date.now()}@kurz.example>`, about: "Bürostuhl quietscht beim Drehen laut" };
  const one = await newTicket(context, sender);
  const two = await newTicket(context, sender);
  await page.goto(`/tickets/${two.number}`);
  await page.getByText(`Gehört vielleicht zu ${one.number}`).waitFor();
  assert.deepEqual(await hindrances(page), []);
  await page.locator(".hints").getByRole("button", { name: "Nein" }).click();
  await page.getByText("Wird nicht mehr vorgeschlagen").waitFor();
  assert.equal(await page.locator(".hints").count(), 0);
});
