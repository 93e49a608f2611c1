// "Was wäre geschehen?": a rule, or the settings of a mailbox, tried over the mails of the last days. Nothing changes.

import assert from "node:assert/strict";

import { PHONE, story } from "./support/browser.mjs";
import { hindrances } from "./support/axe.mjs";
import { mailbox } from "./support/demo.mjs";
import { ownWord } from "./support/mails.mjs";
import { post } from "./support/pages.mjs";
import { NEW, choice, forget, rowsWith, rule } from "./support/rules.mjs";
import { listWith, newTicket, newTickets, shown } from "./support/tickets.mjs";

/** A figure above the differences, and what stands below it. */
const figure = (page, name) => page.locator(".stat", { hasText: name }).locator(".v, .d").allTextContents();
const count = async (page, name) => Number((await figure(page, name))[0].replace(/\D/g, ""));

/** Writes a new rule as text and asks what would have happened. */
async function ask(page, name, condition, actions) {
  await page.goto(NEW);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Als Text" }).click();
  await page.getByLabel("Bedingung", { exact: true }).fill(condition);
  await page.getByLabel("Aktionen", { exact: true }).fill(actions);
  await page.getByRole("button", { name: "Was wäre in 30 Tagen geschehen?" }).click();
  await page.getByRole("heading", { level: 1, name: "Was wäre geschehen?" }).waitFor();
}

/** Presses a button by keys and waits for the page that it leads to. */
async function press(page, name) {
  await page.getByRole("button", { name }).focus();
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
}

const isPressed = (page, name) => page.getByRole("button", { name }).getAttribute("aria-pressed");

story("a rule shows what it would have done in 7, 30 and 90 days, and changes nothing until it is applied", async (page, context) => {
  const { word, numbers } = await newTickets(context, 2);
  await ask(page, `Eilig ${word}`, `betreff:${word}`, "priorität:Dringend");
  assert.equal(await isPressed(page, "30 Tage"), "true");
  assert.deepEqual(await figure(page, "gingen anders"), ["2", "0 zum Ansehen"]);
  assert.deepEqual(await figure(page, "ohne Ticket"), ["0", "nichts ginge verloren"]);
  const rows = page.locator("li.diff");
  assert.equal(await rows.count(), 2);
  assert.match(await rows.first().locator(".was").innerText(), /keine Regel/);
  assert.match(await rows.first().locator(".is").innerText(), new RegExp(`Dringend\\s+Regel: Eilig ${word}`));
  assert.match(await page.locator(".edit ins").innerText(), new RegExp(`Wenn der Betreff „${word}“ enthält, dann Priorität Dringend`));
  assert.deepEqual(await hindrances(page), []);

  const checked = { 30: await count(page, "Mails geprüft") };
  for (const days of [7, 90]) {
    await press(page, `${days} Tage`);
    assert.equal(await isPressed(page, `${days} Tage`), "true");
    assert.equal(await rows.count(), 2);
    checked[days] = await count(page, "Mails geprüft");
  }
  assert.ok(2 <= checked[7] && checked[7] < checked[30] && checked[30] <= checked[90], JSON.stringify(checked));
  assert.equal(checked[90], (await count(page, "kämen gleich an")) + 2);

  await press(page, "Zurück zur Regel");
  assert.equal(await page.getByLabel("Bedingung", { exact: true }).inputValue(), `betreff:${word}`);
  await page.goto("/settings/rules");
  assert.equal(await rowsWith(page, word).count(), 0);
  await ask(page, `Eilig ${word}`, `betreff:${word}`, "priorität:Dringend");
  await press(page, "Übernehmen");
  await page.locator(".toast", { hasText: `Regel „Eilig ${word}“ angelegt` }).waitFor();
  await page.goto(`/tickets/${numbers[0]}`);
  assert.equal(await shown(page, "priority"), "Normal");
  await forget(page, word);
});

story("what would become no ticket, and what somebody has worked on since, is pointed out", async (page, context) => {
  const { word, numbers } = await newTickets(context, 3);
  await post(context, `/tickets/${numbers[0]}/trash`, { back: "/inbox" });
  await ask(page, `Weg ${word}`, `betreff:${word}`, "mail:ablehnen");
  assert.deepEqual(await figure(page, "ohne Ticket"), ["3", "würden kein Ticket"]);
  assert.deepEqual(await figure(page, "gingen anders"), ["3", "eine zum Ansehen"]);
  await page.getByText("Eine Mail zum Ansehen.").waitFor();
  await press(page, /^Ansehen/);
  const rows = page.locator("li.diff");
  assert.equal(await rows.count(), 1);
  assert.match(await rows.innerText(), /inzwischen im Papierkorb/);
  assert.deepEqual(await hindrances(page), []);
  await press(page, /^Alle/);
  assert.equal(await rows.count(), 3);
  await rows.last().getByRole("link").click();
  await page.locator("#entry").waitFor();
  await page.goto(listWith(`ist:offen ${word}`));
  assert.equal(await page.locator("li.trow").count(), 2);
});

story("a rule that is there is compared with what it says now", async (page, context) => {
  const { word } = await newTicket(context);
  await rule(context, `Mal so ${word}`, `betreff:${word}`, "priorität:Hoch");
  await page.goto("/settings/rules");
  await rowsWith(page, word).locator("a.rt").click();
  await choice(page, "Wert der Aktion 1").selectOption("Dringend");
  await page.getByRole("button", { name: "Was wäre in 30 Tagen geschehen?" }).click();
  await page.waitForURL("**/machine");
  const row = page.locator("li.diff");
  assert.match(await row.locator(".was").innerText(), /Hoch/);
  assert.match(await row.locator(".is").innerText(), /Dringend/);
  assert.match(await page.locator(".edit del").innerText(), /Priorität Hoch/);
  await press(page, "Zurück zur Regel");
  assert.equal(await page.getByLabel("Wert der Aktion 1").inputValue(), "Dringend");
  await forget(page, word);
});

/** The address of the mailbox's page. */
async function settings(page) {
  await page.goto("/mailboxes");
  return page.locator("li.box", { hasText: mailbox }).locator("a[href$='/edit']").getAttribute("href");
}

story("the settings of a mailbox show what they would have done, and stay as they are", async (page, context) => {
  const { subject } = await newTicket(context, { from: `Fremd <fremd@${ownWord()}.example>` });
  const address = `${await settings(page)}/receive`;
  await page.goto(address);
  await page.getByLabel("Unbekannte Absender").selectOption("Nur bekannte Absender");
  await page.getByRole("button", { name: "Was wäre in 30 Tagen geschehen?" }).click();
  const row = page.locator("li.diff", { hasText: subject });
  assert.match(await row.locator(".is").innerText(), /Mail ohne Ticket/);
  assert.ok((await count(page, "ohne Ticket")) >= 1);
  assert.match(await page.locator(".edit del").innerText(), /Unbekannte Absender: Ticket anlegen/);
  assert.match(await page.locator(".edit ins").innerText(), /Unbekannte Absender: Nur bekannte Absender/);
  assert.deepEqual(await hindrances(page), []);
  await press(page, "Zurück zum Postfach");
  assert.equal(await page.getByLabel("Unbekannte Absender").inputValue(), "known_only");
  await page.goto(address);
  assert.equal(await page.getByLabel("Unbekannte Absender").inputValue(), "ticket");
});

story("the time machine is usable by everybody", async (page, context) => {
  const { word, numbers } = await newTickets(context, 2, { from: "Katharina Wagenknecht-Hohenstein <k@sehr-lange-adresse.example>" });
  await post(context, `/tickets/${numbers[0]}/trash`, { back: "/inbox" });
  await ask(page, `Eine Regel mit einem langen Namen ${word}`, `betreff:${word}`, "priorität:Dringend schlagwort:mahnung");
  const found = [];
  const look = async (name) => {
    found.push(...(await hindrances(page)).map((words) => `${name}: ${words}`));
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    if (wide) found.push(`${name}: wider than the window`);
  };
  await look("light");
  await page.emulateMedia({ colorScheme: "dark" });
  await look("dark");
  await page.setViewportSize(PHONE);
  await look("phone");
  assert.deepEqual(found, []);
});

story("the time machine speaks English", { locale: "en-GB" }, async (page, context) => {
  const { word } = await newTicket(context);
  await page.goto(NEW);
  await page.getByLabel("Name", { exact: true }).fill("Soon");
  await page.getByRole("button", { name: "As text" }).click();
  await page.getByLabel("Condition", { exact: true }).fill(`subject:${word}`);
  await page.getByLabel("Actions", { exact: true }).fill("tag:soon");
  await page.getByRole("button", { name: "What would have happened in 30 days?" }).click();
  await page.getByRole("heading", { name: "One mail would go elsewhere" }).waitFor();
  assert.match(await page.locator(".edit ins").innerText(), /If the subject contains “.+”, then tag soon/i);
  assert.deepEqual(await hindrances(page), []);
});
