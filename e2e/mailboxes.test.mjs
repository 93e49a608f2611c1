// Mailboxes and senders on the screen: tab by tab, by keys, in both languages, tested in plain words.

import assert from "node:assert/strict";

import { PHONE, eventually, story } from "./support/browser.mjs";
import { hindrances } from "./support/axe.mjs";
import { mailbox } from "./support/demo.mjs";
import { ownWord, send } from "./support/mails.mjs";
import { newTicket, numbersOf } from "./support/tickets.mjs";

const SERVICE = "/mailboxes/service/edit";

story("a mailbox is changed tab by tab, by keys alone", async (page) => {
  await page.goto("/mailboxes");
  await page.getByRole("link", { name: "Service ändern", exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(`**${SERVICE}`);
  await page.getByLabel("Name", { exact: true }).focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("Kundenservice");
  await page.keyboard.press("Enter");
  await page.getByText("Gesichert.").first().waitFor();
  await page.getByRole("heading", { level: 1, name: "Kundenservice" }).waitFor();
  await page.locator(".setfacts", { hasText: "Kundenservice" }).first().waitFor();
  await page.locator(".tabs a", { hasText: "Versand" }).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(`**${SERVICE}/send`);
  await page.getByLabel("Antworten gehen von der Adresse").focus();
  await page.keyboard.press("Space");
  await page.getByRole("button", { name: "Speichern", exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.getByText("Gesichert.").first().waitFor();
  assert.ok(await page.getByLabel("Antworten gehen von der Adresse").isChecked());
  await page.getByLabel("Antworten gehen von der Adresse").uncheck();
  await page.getByRole("button", { name: "Speichern", exact: true }).click();
  await page.getByText("Gesichert.").first().waitFor();
  await page.goto(SERVICE);
  await page.getByLabel("Name", { exact: true }).fill("Service");
  await page.getByRole("button", { name: "Speichern", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "Service", exact: true }).waitFor();
});

story("what belongs to an account is asked only where there is one, and said where it is missing", { forgives: [/422/] }, async (page) => {
  await page.goto(`${SERVICE}/receive`);
  assert.ok(!(await page.getByLabel("Server", { exact: true }).isVisible()));
  assert.ok(!(await page.getByRole("button", { name: "Ordner vom Server lesen" }).isVisible()));
  await page.getByLabel("Woher die Mails kommen").selectOption("imap");
  await page.getByLabel("Server", { exact: true }).fill("127.0.0.1");
  await page.getByLabel("Port").fill("1");
  await page.getByLabel("Benutzername").fill("service");
  await page.getByLabel("Passwort").fill("geheim");
  await page.getByRole("button", { name: "Ordner vom Server lesen" }).click();
  await page.getByText("127.0.0.1 nimmt an diesem Port keine Verbindung an.").waitFor();
  assert.equal(await page.getByLabel("Passwort").inputValue(), "");
  await page.getByText("Das eben eingegebene gilt weiter").waitFor();
  assert.deepEqual(await hindrances(page), []);
  await page.getByLabel("Port").fill("viele");
  await page.getByRole("button", { name: "Speichern und testen" }).click();
  await page.getByText("Ein Port ist eine Zahl von 1 bis 65535.").waitFor();
  assert.equal(await page.getByLabel("Port").getAttribute("aria-invalid"), "true");
  assert.equal(await page.getByLabel("Benutzername").inputValue(), "service");
  assert.deepEqual(await hindrances(page), []);
});

/** The pages of the mailbox that takes the stories' mails. */
async function ownPages(page) {
  await page.goto("/mailboxes");
  return page.locator("li.box", { hasText: mailbox }).locator("a[href$='/edit']").getAttribute("href");
}

/** Saves a tab and waits until it says so. */
async function save(page, tab) {
  await page.getByRole("button", { name: "Speichern", exact: true }).click();
  await page.waitForURL(`**${tab}?told=saved`);
}

story("what a mailbox does with mails is set on its page and holds for the next one", { forgives: [/422/] }, async (page, context) => {
  const tab = `${await ownPages(page)}/receive`;
  const [joins, alike] = ["Mails ohne Nummer an ein offenes Ticket desselben Absenders anhängen", "So ähnlich muss der Betreff sein, in Prozent"];
  const from = `Ida Nord <i.nord@${ownWord()}.example>`;
  await page.goto(tab);
  const before = await page.getByLabel(alike).inputValue();
  await page.getByLabel(joins).check();
  await page.getByLabel(alike).fill("101");
  await page.getByRole("button", { name: "Speichern", exact: true }).click();
  await page.locator("#similarity_percent[aria-invalid=true]").waitFor();
  assert.equal(await page.getByLabel(alike).inputValue(), "101");
  assert.ok(await page.getByLabel(joins).isChecked());
  assert.deepEqual(await hindrances(page), []);
  await page.getByLabel(alike).fill("80");
  await save(page, tab);
  try {
    const { number, word, subject } = await newTicket(context, { from });
    await send({ subject, text: "Noch etwas dazu.", from });
    await eventually(async () => {
      const ticket = await context.request.get(`/tickets/${number}`);
      assert.match(await ticket.text(), /Noch etwas dazu/);
    });
    await send({ subject: `Ganz etwas anderes als bisher, ${word}`, text: "Neues Anliegen.", from });
    await numbersOf(context, word, 2);
  } finally {
    await page.goto(tab);
    await page.getByLabel(joins).uncheck();
    await page.getByLabel(alike).fill(before);
    await save(page, tab);
  }
});

story("new tickets are answered automatically as the tab says", async (page, context) => {
  const tab = `${await ownPages(page)}/autoresponder`;
  const word = ownWord();
  await page.goto(tab);
  const [subject, text] = [page.getByLabel("Betreff der automatischen Antwort"), page.getByLabel("Text der automatischen Antwort")];
  const before = [await subject.inputValue(), await text.inputValue()];
  await page.getByLabel("Neue Tickets automatisch beantworten").check();
  await subject.fill("Ihre Anfrage {TICKET}");
  await text.fill(`Wir melden uns. ${word}`);
  assert.deepEqual(await hindrances(page), []);
  await save(page, tab);
  try {
    const { number } = await newTicket(context, { from: `Ute Süd <u.sued@${word}.example>` });
    await eventually(async () => {
      await page.goto("/sandbox");
      assert.equal(await page.locator("a.caught", { hasText: `Ihre Anfrage ${number}` }).count(), 1);
    });
  } finally {
    await page.goto(tab);
    await page.getByLabel("Neue Tickets automatisch beantworten").uncheck();
    await subject.fill(before[0]);
    await text.fill(before[1]);
    await save(page, tab);
  }
});

const forget = async (page) => {
  await page.goto("/settings/senders");
  await page.getByRole("link", { name: "vertrieb@brueckner-objekt.example" }).click();
  await page.locator("details.delentry > summary").click();
  await page.getByRole("button", { name: "Endgültig löschen" }).click();
  await page.getByText("Noch kein Absender.").waitFor();
};

story("a sender is made without a script", { javaScriptEnabled: false }, async (page) => {
  await page.goto("/settings/senders/new");
  // The first one of a house is proposed as its default, which nobody can delete.
  await page.getByLabel("Standard").uncheck();
  await page.getByLabel("Adresse", { exact: true }).fill("vertrieb@brueckner-objekt.example");
  await page.getByLabel("Name", { exact: true }).fill("Brückner Vertrieb");
  await page.getByRole("button", { name: "Anlegen" }).click();
  await page.getByText("Kein Postfach und kein Bereich hat ihn gewählt.").waitFor();
  await page.goto("/mailboxes/rechnungen/edit/send");
  const choices = await page.getByLabel("Absender der Antworten").locator("option").allTextContents();
  assert.ok(choices.includes("Brückner Vertrieb <vertrieb@brueckner-objekt.example>"), choices.join());
  await forget(page);
});

const ADDRESSES = [
  "/mailboxes",
  SERVICE,
  `${SERVICE}/receive`,
  `${SERVICE}/send`,
  `${SERVICE}/signature`,
  `${SERVICE}/autoresponder`,
  `${SERVICE}/log`,
  "/settings/senders",
  "/settings/senders/new",
];

story("mailboxes and senders are usable by everybody", { looks: 3 * ADDRESSES.length }, async (page) => {
  const found = [];
  const look = async (name) => {
    for (const address of ADDRESSES) {
      await page.goto(address);
      if (address.endsWith("receive")) await page.getByLabel("Woher die Mails kommen").selectOption("imap");
      if (address.endsWith("new")) await page.getByLabel("Mailserver").selectOption("own");
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
  assert.deepEqual(found, []);
});

story("mailboxes and senders speak English", { locale: "en-GB" }, async (page) => {
  const pages = [
    [`${SERVICE}/receive`, "Where the mails come from"],
    [`${SERVICE}/send`, "Sender of answers"],
    ["/settings/senders/new", "Mail server"],
  ];
  for (const [address, label] of pages) {
    await page.goto(address);
    await page.getByLabel(label).waitFor();
    assert.deepEqual(await hindrances(page), []);
  }
});
