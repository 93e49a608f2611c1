// The list of tickets: finding, moving by keys, many changes at once, what comes in meanwhile.

import assert from "node:assert/strict";

import { eventually, story } from "./support/browser.mjs";
import { send } from "./support/mails.mjs";
import { listWith, newTicket, newTickets, shown } from "./support/tickets.mjs";

/** The number of the current row. */
const current = (page) => page.locator("li.trow[aria-current=true]").evaluate((row) => row.id.slice(2));
const chosen = (page) => page.locator("li.trow input:checked").evaluateAll((boxes) => boxes.map((box) => box.value));
const rows = (page) => page.locator("li.trow").evaluateAll((all) => all.map((row) => row.id.slice(2)));

story("a ticket is found by typing into the search box of the list", async (page, context) => {
  const { number, word, subject } = await newTicket(context);
  await page.goto("/inbox");
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.id), "list-query");
  await page.keyboard.press("End");
  await page.keyboard.type(` ${word}`);
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.searchParams.get("q") === `ist:offen ${word}`);
  assert.deepEqual(await rows(page), [number]);
  await page.locator("li.trow a").click();
  await page.waitForURL(`**/tickets/${number}*`);
  assert.equal(await page.getByRole("heading", { level: 1 }).innerText(), `${number} ${subject}`);
});

story("J, K and Enter move through the list and open a ticket, U comes back to the same row", async (page, context) => {
  const { word } = await newTickets(context, 3);
  await page.goto(listWith(word));
  const [first, second, third] = await rows(page);
  await page.keyboard.press("j");
  assert.equal(await current(page), first);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  assert.equal(await current(page), third);
  await page.keyboard.press("k");
  assert.equal(await current(page), second);
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/tickets/${second}*`);
  await page.keyboard.press("u");
  await page.waitForURL(`**${listWith(word)}`);
  await eventually(async () => assert.equal(await current(page), second));
});

story("J and K on a ticket lead through the list it was opened from", async (page, context) => {
  const { word } = await newTickets(context, 3);
  // By deadline: the order by last change is another one once a ticket was read.
  const list = listWith(`ist:offen ${word}`);
  await page.goto(list);
  const [first, second, third] = await rows(page);
  await page.locator(`[id="t-${second}"] a`).first().click();
  await page.getByText("2 von 3").waitFor();
  await page.keyboard.press("j");
  await page.waitForURL(`**/tickets/${third}?*`);
  await page.getByText("3 von 3").waitFor();
  await page.keyboard.press("k");
  await page.getByText("2 von 3").waitFor();
  await page.keyboard.press("k");
  await page.waitForURL(`**/tickets/${first}?*`);
  await page.keyboard.press("u");
  await page.waitForURL(`**${list}`);
});

story("X and Shift+J choose rows, Escape chooses none", async (page, context) => {
  const { word } = await newTickets(context, 3);
  await page.goto(listWith(word));
  const numbers = await rows(page);
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  assert.deepEqual(await chosen(page), numbers.slice(0, 1));
  assert.equal(await page.locator("[data-selected]").innerText(), "1 ausgewählt");
  await page.keyboard.press("Shift+J");
  assert.deepEqual(await chosen(page), numbers.slice(0, 2));
  await page.keyboard.press("Control+a");
  assert.deepEqual(await chosen(page), numbers);
  assert.equal(await page.locator("[data-selected]").innerText(), "3 ausgewählt");
  await page.keyboard.press("Escape");
  assert.deepEqual(await chosen(page), []);
  assert.equal(await page.locator(".bulk").isVisible(), false);
});

story("Space shows a ticket over the list without reading it, J shows the next one", async (page, context) => {
  const { word } = await newTickets(context, 2);
  await page.goto(listWith(word));
  const [first, second] = await rows(page);
  await page.keyboard.press("j");
  await page.keyboard.press("Space");
  await page.locator("#peek", { hasText: first }).waitFor();
  await page.keyboard.press("j");
  await page.locator("#peek", { hasText: second }).waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("#peek").isVisible(), false);
  assert.equal(await current(page), second);
  await page.reload();
  assert.equal(await page.locator("li.trow[data-new]").count(), 2);
});

story("? shows the keys", async (page) => {
  await page.goto("/inbox");
  await page.keyboard.press("?");
  await page.locator("dialog#keys dt", { hasText: "J K" }).waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("dialog#keys").isVisible(), false);
});

story("all chosen tickets change at once", async (page, context) => {
  const { word, numbers } = await newTickets(context, 3);
  await page.goto(listWith(word));
  await page.keyboard.press("Control+a");
  await page.keyboard.press("a");
  await page.locator("#bulk-assignee").getByRole("button", { name: "Svenja Albers" }).click();
  await page.locator(".toast", { hasText: "3 Tickets geändert" }).waitFor();
  assert.equal(await page.locator("li.trow .av[title='Svenja Albers']").count(), 3);
  assert.deepEqual(await chosen(page), []);
  await page.goto(`/tickets/${numbers[0]}`);
  assert.equal(await shown(page, "assignee"), "Svenja Albers");
});

story("a key of the bar means the current row when nothing is chosen", async (page, context) => {
  const { word } = await newTickets(context, 2);
  await page.goto(listWith(word));
  await page.keyboard.press("j");
  await page.keyboard.press("p");
  await page.locator("#bulk-priority").getByRole("button", { name: "Dringend" }).click();
  await page.locator(".toast", { hasText: "1 Ticket geändert" }).waitFor();
  assert.equal(await page.locator("li.trow [data-pr=dringend]").count(), 1);
});

story("a new mail announces itself in the open list and moves nothing", async (page, context) => {
  const { number, word } = await newTicket(context);
  await page.goto(listWith(word));
  const title = await page.title();
  await send({ subject: `Noch eine Frage ${word}`, text: "Kommt die Lieferung noch diese Woche?" });
  const news = page.getByRole("status").getByRole("link", { name: "1 neues Ticket" });
  await news.waitFor();
  assert.deepEqual(await rows(page), [number]);
  const unseen = (words) => Number(/^\((\d+)\)/.exec(words)?.[1]);
  await eventually(async () => assert.ok(unseen(await page.title()) > unseen(title), `${title}, then ${await page.title()}`));
  await news.click();
  await eventually(async () => assert.equal((await rows(page)).length, 2));
  assert.equal(await news.count(), 0);
});

story("a row that somebody else changes looks so at once", async (page, context) => {
  const { number, word } = await newTicket(context);
  await page.goto(listWith(word));
  const other = await context.newPage();
  await other.goto(`/tickets/${number}`);
  await page.bringToFront();
  await other.selectOption("#p-priority", { label: "Dringend" });
  await page.locator("li.trow [data-pr=dringend]").waitFor();
});

story("a filter that leaves nothing says so and offers to reset it", async (page) => {
  await page.goto("/inbox?q=gibtesnirgendwo");
  await page.getByRole("heading", { name: "Kein Ticket passt" }).waitFor();
  await page.getByRole("link", { name: "Filter zurücksetzen" }).click();
  await page.locator("li.trow").first().waitFor();
});

story("J at the end of the list loads the next tickets", async (page) => {
  await page.goto("/inbox");
  const before = (await rows(page)).length;
  await page.locator("li.trow a").last().focus();
  await page.keyboard.press("j");
  await eventually(async () => assert.ok((await rows(page)).length > before));
  const numbers = await rows(page);
  assert.equal(new Set(numbers).size, numbers.length);
  await eventually(async () => assert.equal(await current(page), numbers[before]));
});

story("E solves the current row, and Z takes back what was done with many", async (page, context) => {
  const { word } = await newTickets(context, 3);
  await page.goto(listWith(`ist:offen ${word}`));
  const numbers = await rows(page);
  await page.keyboard.press("j");
  await page.keyboard.press("e");
  await page.locator("#question dialog:modal").waitFor();
  await page.keyboard.press("Escape");
  await eventually(async () => assert.deepEqual(await rows(page), numbers.slice(1)));
  await page.keyboard.press("Control+a");
  await page.keyboard.press("#");
  await eventually(async () => assert.deepEqual(await rows(page), []));
  await page.getByText("2 Tickets geändert").waitFor();
  await page.keyboard.press("z");
  await eventually(async () => assert.deepEqual(await rows(page), numbers.slice(1)));
});

story("the palette over a list acts on the current ticket", async (page, context) => {
  const { word } = await newTickets(context, 2);
  await page.goto(listWith(`ist:offen ${word}`));
  const [first, second] = await rows(page);
  await page.keyboard.press("j");
  await page.keyboard.press("Control+k");
  await page.locator("#palette[open]").waitFor();
  await page.keyboard.type("erledig");
  await page.locator("#palette .ctx").getByText(first).waitFor();
  await page.locator("#palette [role=option]").filter({ hasText: "Lösen" }).first().waitFor();
  await page.keyboard.press("Enter");
  await eventually(async () => assert.deepEqual(await rows(page), [second]));
});

story("a second key that belongs to no place does nothing", async (page, context) => {
  const { word } = await newTickets(context, 1);
  await page.goto(listWith(word));
  await page.keyboard.press("j");
  await page.keyboard.press("g");
  await page.keyboard.press("x");
  assert.deepEqual(await chosen(page), []);
  await page.keyboard.press("g");
  await page.keyboard.press("j");
  await page.waitForURL("**/mails");
});
