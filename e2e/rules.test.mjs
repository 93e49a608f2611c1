// The rules for incoming mails: written by form and as text, sorted by keys, switched off, deleted; made of a
// ticket, and of advertising.

import assert from "node:assert/strict";

import { PHONE, eventually, story } from "./support/browser.mjs";
import { hindrances } from "./support/axe.mjs";
import { ownWord, send } from "./support/mails.mjs";
import { NEW, choice, forget, namesWith, rowsWith, rule, save } from "./support/rules.mjs";
import { listWith, newTicket, newTickets, numbersOf, shown } from "./support/tickets.mjs";

const values = (page, labels) => Promise.all(labels.map((label) => page.getByLabel(label, { exact: true }).inputValue()));

story("a rule is written by form, read as text and back, and sorts the next mail", async (page, context) => {
  const word = ownWord();
  await page.goto("/settings/rules");
  await page.getByRole("link", { name: "Regel anlegen" }).first().click();
  await page.getByLabel("Name", { exact: true }).fill(`Mahnungen ${word}`);
  await page.getByLabel("Feld 1").selectOption("Betreff");
  await page.getByLabel("Wert 1").fill(`${word}, letzte Zahlung`);
  await page.getByLabel("Aktion 1", { exact: true }).selectOption("Priorität");
  await choice(page, "Wert der Aktion 1").selectOption("Dringend");
  await page.getByRole("button", { name: "Aktion", exact: true }).click();
  await page.getByLabel("Aktion 2", { exact: true }).selectOption("Schlagwort");
  await page.getByLabel("Wert der Aktion 2").fill(word);
  await page.getByRole("button", { name: "Bedingung", exact: true }).click();
  await page.getByRole("button", { name: "Bedingung 2 entfernen" }).click();
  await page.getByLabel("Feld 2").waitFor({ state: "detached" });
  const sentence = `Wenn der Betreff „${word}“ oder „letzte Zahlung“ enthält, dann Priorität Dringend, Schlagwort ${word}`;
  await page.locator("#rule p.plain", { hasText: sentence }).waitFor();
  assert.deepEqual(await hindrances(page), []);

  await page.getByRole("button", { name: "Als Text" }).click();
  await page.getByRole("button", { name: "Als Formular" }).waitFor();
  const texts = [`betreff:${word},"letzte Zahlung"`, `priorität:Dringend schlagwort:${word}`];
  assert.deepEqual(await values(page, ["Bedingung", "Aktionen"]), texts);
  assert.deepEqual(await hindrances(page), []);
  await page.getByRole("button", { name: "Als Formular" }).click();
  await page.getByRole("button", { name: "Als Text" }).waitFor();
  const labels = ["Name", "Feld 1", "Wert 1", "Aktion 1", "Wert der Aktion 1", "Aktion 2", "Wert der Aktion 2"];
  const rows = [`Mahnungen ${word}`, "subject", `${word}, letzte Zahlung`, "priority", "Dringend", "tag", word];
  assert.deepEqual(await values(page, labels), rows);

  await save(page);
  await page.locator(".toast", { hasText: `Regel „Mahnungen ${word}“ angelegt` }).waitFor();
  assert.ok((await rowsWith(page, word).innerText()).includes(sentence));
  const { number } = await newTicket(context, { about: word });
  await page.goto(`/tickets/${number}`);
  assert.equal(await shown(page, "priority"), "Dringend");
  await page.goto("/settings/rules");
  assert.match(await rowsWith(page, word).locator(".hits").innerText(), /^eine in 30 Tagen$/);
  await rowsWith(page, word).locator("a.rt").click();
  await page.locator(".hitlist a", { hasText: word }).waitFor();
  await forget(page, word);
});

story("what a rule may not say is said at its field, and everything typed is kept", { forgives: [/422/], looks: 7 }, async (page) => {
  const word = ownWord();
  await page.goto(NEW);
  await page.getByLabel("Name", { exact: true }).fill(`Falsch ${word}`);
  await page.getByRole("button", { name: "Als Text" }).click();
  const wrong = async (condition, actions, field, sentence) => {
    await page.getByLabel("Bedingung", { exact: true }).fill(condition);
    await page.getByLabel("Aktionen", { exact: true }).fill(actions);
    await save(page);
    // Of two refusals in a row the second is another page.
    await page.getByText(sentence).waitFor();
    assert.deepEqual(await values(page, ["Name", "Bedingung", "Aktionen"]), [`Falsch ${word}`, condition, actions]);
    const said = await page.getByLabel(field, { exact: true }).evaluate((input) => [input.ariaInvalid, document.getElementById(input.getAttribute("aria-describedby").split(" ")[0]) !== null]);
    assert.deepEqual(said, ["true", true]);
    assert.deepEqual(await hindrances(page), []);
  };
  await wrong("frist:2d", "schlagwort:x", "Bedingung", "„frist“ ist kein Feld einer Mail.");
  await wrong("(betreff:x", "schlagwort:x", "Bedingung", "Eine Klammer oder ein Anführungszeichen geht nicht auf");
  await wrong("betreff:x", "priorität:Unbekannt", "Aktionen", "„Unbekannt“ ist hier nicht bekannt.");
  await wrong("betreff:x", "", "Aktionen", "Eine Regel muss etwas tun.");
  await wrong("", "mail:ablehnen", "Bedingung", "Diese Regel träfe jede Mail und würde sie wegwerfen.");
  await wrong("betreff:x", `auslesen:text,"${"a".repeat(1_200)}",nr`, "Aktionen", "Ein Muster hat höchstens 1.000 Zeichen");
  await page.getByRole("button", { name: "Als Formular" }).click();
  await page.getByText("Ein Muster hat höchstens 1.000 Zeichen").waitFor();
  await page.getByLabel("Bedingung", { exact: true }).fill("betreff:a (von:b oder von:c)");
  await page.getByLabel("Aktionen", { exact: true }).fill("schlagwort:x");
  await page.getByRole("button", { name: "Als Formular" }).click();
  await page.getByText("lässt sich nur als Text bearbeiten").waitFor();
  await page.goto("/settings/rules");
  assert.equal(await rowsWith(page, word).count(), 0);
});

story("what is typed while a row is fetched stays", async (page) => {
  await page.goto(NEW);
  let goOn;
  const slow = new Promise((resolve) => (goOn = resolve));
  await page.route("**/draft", async (route) => {
    await slow;
    await route.continue();
  });
  await page.getByLabel("Feld 1").selectOption("Betreff");
  await page.getByLabel("Wert 1").fill("Mahnung");
  await page.getByLabel("Name", { exact: true }).fill("Schnell getippt");
  await page.getByLabel("Danach weiter prüfen").uncheck();
  const settled = page.evaluate(() => new Promise((resolve) => document.addEventListener("htmx:afterSettle", () => resolve(), { once: true })));
  goOn();
  await settled;
  assert.deepEqual(await values(page, ["Name", "Feld 1", "Wert 1"]), ["Schnell getippt", "subject", "Mahnung"]);
  assert.equal(await page.getByLabel("Danach weiter prüfen").isChecked(), false);
});

story("rules are sorted, switched off and deleted by keys", async (page, context) => {
  const word = ownWord();
  for (const name of ["Erste", "Zweite"]) await rule(context, `${name} ${word}`, `betreff:${name}`, "schlagwort:x");
  await page.goto("/settings/rules");
  assert.deepEqual(await namesWith(page, word), [`Erste ${word}`, `Zweite ${word}`]);
  const second = rowsWith(page, `Zweite ${word}`);
  await second.locator("a.rt").focus();
  await page.keyboard.press("Alt+ArrowUp");
  await eventually(async () => assert.deepEqual(await namesWith(page, word), [`Zweite ${word}`, `Erste ${word}`]));
  assert.equal(await page.evaluate(() => document.activeElement.textContent), `Zweite ${word}`);
  await page.locator(".toast", { hasText: `„Zweite ${word}“ verschoben` }).waitFor();
  await second.getByRole("switch").focus();
  await page.keyboard.press("Space");
  await page.locator(".toast", { hasText: `Regel „Zweite ${word}“ ausgeschaltet` }).waitFor();
  await eventually(async () => assert.equal(await second.locator(".hits").innerText(), "ausgeschaltet"));
  assert.deepEqual(await hindrances(page), []);
  await page.reload();
  assert.deepEqual(await namesWith(page, word), [`Zweite ${word}`, `Erste ${word}`]);
  assert.equal(await second.getByRole("switch").isChecked(), false);
  await second.locator("a.rt").focus();
  await page.keyboard.press("Enter");
  await page.locator("details.delentry > summary").focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Endgültig löschen" }).focus();
  await page.keyboard.press("Enter");
  await page.locator(".toast", { hasText: "Regel gelöscht" }).waitFor();
  assert.deepEqual(await namesWith(page, word), [`Erste ${word}`]);
  await forget(page, word);
});

story("a rule is made of a ticket, from its menu and from the reasons of a message", async (page, context) => {
  const from = `Ina Wolf <i.wolf@${ownWord()}.example>`;
  const { number, subject, word } = await newTicket(context, { from });
  const filled = async () => {
    const conditions = ["Feld 2", "Wert 2", "Wert 3", "Wert 4"];
    assert.deepEqual(await values(page, conditions), ["from", /<(.*)>/.exec(from)[1], "Ina Wolf", subject]);
  };
  await page.goto(`/tickets/${number}`);
  await page.locator("article.msg").last().getByRole("button", { name: "Warum ist diese Nachricht hier?" }).click();
  await page.locator(".whypop:popover-open").getByRole("link", { name: "Regel daraus machen" }).click();
  await page.waitForURL(`**${NEW}?ticket=${number}`);
  await filled();
  await page.goto(`/tickets/${number}`);
  await page.getByRole("button", { name: "Weitere Aktionen", exact: true }).click();
  await page.getByRole("link", { name: "Regel aus diesem Ticket" }).click();
  await page.waitForURL(`**${NEW}?ticket=${number}`);
  await filled();
  assert.deepEqual(await hindrances(page), []);
  await page.getByLabel("Name", { exact: true }).fill(`Wie ${word}`);
  await page.getByLabel("Aktion 1", { exact: true }).selectOption("Priorität");
  await choice(page, "Wert der Aktion 1").selectOption("Hoch");
  await save(page);
  await page.locator(".toast", { hasText: `Regel „Wie ${word}“ angelegt` }).waitFor();
  await send({ subject: `Noch eine ${subject}`, text: "Und noch eine.", from });
  const [next] = (await numbersOf(context, word, 2)).filter((one) => one !== number);
  await page.goto(`/tickets/${next}`);
  assert.equal(await shown(page, "priority"), "Hoch");
  await forget(page, word);
});

story("the senders of chosen tickets are kept away after a question", async (page, context) => {
  const sender = `gewinn@${ownWord()}.example`;
  const { word } = await newTickets(context, 2, { from: `Gewinn <${sender}>` });
  await page.goto(listWith(`ist:offen ${word}`));
  await page.keyboard.press("Control+a");
  const ask = async () => {
    await page.getByRole("button", { name: "Weitere Aktionen", exact: true }).click();
    await page.getByRole("button", { name: "Absender immer in den Papierkorb …" }).click();
    await page.locator("dialog:modal", { hasText: sender }).waitFor();
  };
  await ask();
  assert.deepEqual(await hindrances(page), []);
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("li.trow").count(), 2);
  await ask();
  await page.locator("dialog:modal").getByRole("button", { name: "Regeln anlegen" }).click();
  await page.locator(".toast", { hasText: "Eine Regel angelegt, Tickets im Papierkorb" }).waitFor();
  await page.getByRole("heading", { name: "Kein Ticket passt" }).waitFor();
  await send({ subject: `Jetzt gewinnen ${word}`, text: "Sofort!", from: `Gewinn <${sender}>` });
  await numbersOf(context, word, 3);
  await page.goto(listWith(`ist:offen ${word}`));
  await page.getByRole("heading", { name: "Kein Ticket passt" }).waitFor();
  await forget(page, sender);
});

story("rules are tried on a mail, rule by rule", async (page, context) => {
  const { word, subject } = await newTicket(context);
  await rule(context, `Passt ${word}`, `betreff:${word}`, "priorität:Dringend ende:ja");
  await rule(context, `Danach ${word}`, `betreff:${word}`, "schlagwort:x");
  await page.goto("/settings/rules");
  const label = await page.locator("#mail option", { hasText: subject }).textContent();
  await page.getByLabel("Mail auswählen").selectOption({ label });
  await page.getByRole("button", { name: "Zeigen" }).click();
  const step = (name) => page.locator("#test .trace li", { hasText: `${name} ${word}` });
  assert.match(await step("Passt").innerText(), /trifft zu$/);
  assert.match(await step("Danach").innerText(), /wird nicht mehr geprüft$/);
  assert.match(await page.locator("#test .result").innerText(), /So käme das Ticket an\s+Dringend/);
  assert.deepEqual(await hindrances(page), []);

  // The one that is being written counts as it is typed.
  await rowsWith(page, `Passt ${word}`).locator("a.rt").click();
  await page.getByLabel("Danach weiter prüfen").check();
  await choice(page, "Wert der Aktion 1").selectOption("Hoch");
  await page.getByLabel("Mail auswählen").selectOption({ label });
  await page.getByRole("button", { name: "Zeigen" }).click();
  await step("Danach").filter({ hasText: /trifft zu$/ }).waitFor();
  assert.match(await page.locator("#test .result").innerText(), /So käme das Ticket an\s+Hoch/);
  assert.equal(await page.getByLabel("Wert der Aktion 1").inputValue(), "Hoch");
  await forget(page, word);
});

story("a rule is written without a script", { javaScriptEnabled: false }, async (page) => {
  const word = ownWord();
  await page.goto(NEW);
  await page.getByLabel("Name", { exact: true }).fill(`Ohne ${word}`);
  await page.getByLabel("Feld 1").selectOption("Absender");
  await page.getByLabel("Wert 1").fill("@laut.example");
  await page.getByRole("button", { name: "Bedingung", exact: true }).click();
  await page.getByLabel("Feld 2").selectOption("Die Mail");
  await page.getByLabel("Aktion 1", { exact: true }).selectOption("Schlagwort");
  await page.getByLabel("Wert der Aktion 1").fill("laut");
  await page.getByRole("button", { name: "Aktion", exact: true }).click();
  await page.getByLabel("Aktion 2", { exact: true }).waitFor();
  assert.deepEqual(await values(page, ["Name", "Wert 1", "Wert der Aktion 1"]), [`Ohne ${word}`, "@laut.example", "laut"]);
  await choice(page, "Wert 2").selectOption("von einem bekannten Absender");
  await save(page);
  const sentence = await rowsWith(page, word).innerText();
  assert.ok(sentence.includes("Wenn der Absender „@laut.example“ enthält und die Mail von einem bekannten Absender kommt, dann Schlagwort laut."), sentence);
  await forget(page, word);
});

story("rules are usable by everybody", { looks: 9 }, async (page, context) => {
  const word = ownWord();
  await rule(context, `Lang ${word}`, `betreff:${word} von:@${word}.example anhang:ja größe:>5mb`, "priorität:Dringend schlagwort:x");
  await page.goto("/settings/rules");
  const href = await rowsWith(page, word).locator("a.rt").getAttribute("href");
  const found = [];
  const look = async (name) => {
    for (const address of ["/settings/rules", NEW, href]) {
      await page.goto(address);
      found.push(...(await hindrances(page)).map((words) => `${address} ${name}: ${words}`));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      if (wide) found.push(`${address} ${name}: wider than the window`);
    }
  };
  await look("light");
  await page.emulateMedia({ colorScheme: "dark" });
  await look("dark");
  await page.setViewportSize(PHONE);
  await look("phone");
  await forget(page, word);
  assert.deepEqual(found, []);
});

story("rules speak English", { locale: "en-GB" }, async (page, context) => {
  const word = ownWord();
  await rule(context, `Urgent ${word}`, `betreff:${word} -ist:bekannt anhang:ja`, "priorität:Dringend");
  await page.goto("/settings/rules");
  const sentence = await rowsWith(page, word).locator("p").first().innerText();
  assert.ok(sentence.startsWith(`If the subject contains “${word}” and the mail is not from a known sender and the mail has an attachment, then Priority `), sentence);
  await rowsWith(page, word).locator("a.rt").click();
  await page.getByLabel("Field 2").waitFor();
  await page.getByRole("button", { name: "As text" }).click();
  await page.getByRole("button", { name: "As a form" }).waitFor();
  assert.deepEqual(await values(page, ["Condition"]), [`subject:${word} -is:known attachment:yes`]);
  await page.goto("/settings/rules");
  await rowsWith(page, word).locator("a.rt").click();
  await page.locator("details.delentry > summary").click();
  await page.getByRole("button", { name: "Delete for good" }).click();
  await page.locator(".toast", { hasText: "Rule deleted" }).waitFor();
});
