// Mailboxes and senders on the screen: tab by tab, by keys, in both languages, tested in plain words.

import assert from "node:assert/strict";

import { PHONE, story } from "./support/browser.mjs";
import { hindrances } from "./support/axe.mjs";

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
  `${SERVICE}/log`,
  "/settings/senders",
  "/settings/senders/new",
];

story("mailboxes and senders are usable by everybody", async (page) => {
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
