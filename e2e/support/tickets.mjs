// Tickets of the stories: made by a mail, found by its word.

import assert from "node:assert/strict";

import { eventually } from "./browser.mjs";
import { ownWord, send } from "./mails.mjs";

/** Sends a mail and waits for its ticket; `mail` is what [`send`] takes, without its subject. */
export async function newTicket(context, mail = {}) {
  const word = ownWord();
  const subject = `${mail.about ?? "Sechs Schreibtische"} ${word}`;
  const id = await send({ text: "Guten Tag, die Lieferung ist da.", ...mail, subject });
  const [number] = await numbersOf(context, word, 1);
  return { number, word, subject, id };
}

/** The numbers of the tickets with this word, in the order of their list, once there are so many. */
export async function numbersOf(context, word, count) {
  return eventually(async () => {
    const list = await context.request.get(listWith(word));
    const numbers = [...(await list.text()).matchAll(/id="t-([^"]+)"/g)].map((match) => match[1]);
    assert.equal(numbers.length, count, `tickets with ${word}: ${numbers.join(", ")}`);
    return numbers;
  });
}

/** The address of the list of tickets with this word. */
export function listWith(word) {
  return `/inbox?q=${encodeURIComponent(word)}`;
}

/** The value of a property on the page of a ticket, as its cell shows it. */
export function shown(page, property) {
  return page.locator(`#p-${property}`).evaluate((select) => select.selectedOptions[0].textContent);
}

/** Chooses a value of a property by its name and waits until it is saved. */
export async function choose(page, property, label) {
  const saved = page.waitForResponse((answer) => answer.url().endsWith(`/${property}`) && answer.request().method() === "POST");
  await page.selectOption(`#p-${property}`, { label });
  await saved;
}

/** Several tickets with one word, by mails like this; the numbers are in the order in which they came. */
export async function newTickets(context, count, mail = {}) {
  const word = ownWord();
  for (let position = 1; position <= count; position += 1) {
    await send({ ...mail, subject: `Anfrage ${position} ${word}`, text: `Bitte um Rückruf wegen Position ${position}.` });
  }
  return { word, numbers: await numbersOf(context, word, count) };
}
