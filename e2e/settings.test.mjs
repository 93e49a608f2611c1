// The settings: found by a word, lists that are sorted by keys, numbers that show what they give, people.

import assert from "node:assert/strict";

import { PHONE, eventually, story } from "./support/browser.mjs";
import { hindrances } from "./support/axe.mjs";

const names = (page) => page.locator("li.srow a.name").allTextContents();

story("a setting is found while one types", async (page) => {
  await page.goto("/inbox");
  await page.keyboard.press("g");
  await page.keyboard.press("s");
  await page.waitForURL("**/settings");
  await page.getByLabel("Einstellung finden").fill("maske");
  await page.locator(".hitlist a", { hasText: "Maske" }).first().waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), "find");
  await page.locator(".hitlist a[href='/settings/numbers']").first().click();
  await page.waitForURL("**/settings/numbers");
});

story("an entry is made, moved by keys, renamed, switched off and deleted", async (page) => {
  await page.goto("/settings/queues");
  for (const name of ["Lager", "Werkstatt"]) {
    await page.getByLabel("Neuer Eintrag").fill(name);
    await page.getByLabel("Neuer Eintrag").press("Enter");
    await page.getByText(`„${name}“ ist angelegt.`).waitFor();
    await page.getByRole("link", { name: "Zur Liste" }).click();
    await page.locator("#entries").waitFor();
  }
  assert.deepEqual((await names(page)).slice(-2), ["Lager", "Werkstatt"]);
  const row = page.locator("li.srow").filter({ hasText: "Werkstatt" });
  await row.locator("a.name").focus();
  await page.keyboard.press("Alt+ArrowUp");
  await eventually(async () => assert.deepEqual((await names(page)).slice(-2), ["Werkstatt", "Lager"]));
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Werkstatt");

  await row.getByRole("switch").uncheck();
  await page.getByText("„Werkstatt“ lässt sich nicht mehr wählen.").waitFor();
  await row.locator("a.name").click();
  await page.getByLabel("Name", { exact: true }).fill("Werkstatt Nord");
  await page.getByRole("button", { name: "Speichern" }).click();
  await page.getByText("„Werkstatt Nord“ ist gesichert.").waitFor();
  await page.locator("details.delentry > summary").click();
  await page.getByRole("button", { name: "Endgültig löschen" }).click();
  await page.getByText("Der Eintrag ist gelöscht.").waitFor();
  assert.ok(!(await names(page)).includes("Werkstatt Nord"));
});

story("a mask shows the next number while one types", async (page) => {
  await page.goto("/settings/numbers");
  await page.getByLabel("Maske").fill("AU-{000+100}");
  await page.getByText("AU-101").first().waitFor();
  await page.getByLabel("Maske").fill("AU {000}");
  await page.getByText("An Stelle 3 steht ein Leerzeichen. In Nummern gibt es keine.").waitFor();
});

const ADDRESSES = [
  "/settings",
  "/settings?q=status",
  "/settings/areas",
  "/settings/statuses",
  "/settings/categories",
  "/settings/queues/new",
  "/settings/priorities/new",
  "/settings/areas/new",
  "/settings/numbers",
  "/settings/mails",
  "/settings/new-tickets",
  "/settings/history",
  "/settings/people",
  "/settings/people/new",
  "/settings/tokens",
];

story("the settings are usable by everybody", { looks: 3 * (ADDRESSES.length + 1) }, async (page) => {
  const found = [];
  const look = async (name) => {
    await page.goto("/settings/people");
    const person = await page.locator("th.who a").first().getAttribute("href");
    for (const address of [...ADDRESSES, person]) {
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
  assert.deepEqual(found, []);
});

story("the settings speak English", { locale: "en-GB" }, async (page) => {
  const pages = [
    ["/settings", "Settings"],
    ["/settings/numbers", "Numbers"],
    ["/settings/mails", "Mails of the whole house"],
    ["/settings/new-tickets", "New tickets"],
    ["/settings/history", "Changes"],
    ["/settings/tokens", "Access for programs"],
  ];
  for (const [address, heading] of pages) {
    await page.goto(address);
    await page.getByRole("heading", { level: 1, name: heading }).waitFor();
    assert.deepEqual(await hindrances(page), []);
  }
});

story("settings are made without a script", { javaScriptEnabled: false }, async (page) => {
  await page.goto("/settings?q=warteschlangen");
  await page.locator(".hitlist a").first().click();
  await page.waitForURL("**/settings/queues");
  await page.locator("#name").fill("Ohne Skript");
  await page.locator("#name").press("Enter");
  await page.waitForURL("**/settings/queues/*");
  await page.getByLabel("Kurzname").fill("OHNE");
  await page.getByRole("button", { name: "Speichern" }).click();
  await page.locator(".toast, [role=status]", { hasText: "gesichert" }).first().waitFor();
  assert.equal(await page.getByLabel("Kurzname").inputValue(), "OHNE");
  await page.goto("/settings/numbers");
  await page.getByLabel("Maske").fill("AU-{000+100}");
  await page.getByRole("button", { name: "Ausprobieren" }).click();
  await page.getByText("AU-101").first().waitFor();
});

story("a password that was forgotten is asked for", { as: null }, async (page) => {
  await page.goto("/signin");
  await page.getByRole("link", { name: "Passwort vergessen?" }).click();
  await page.waitForURL("**/signin/forgotten");
  assert.deepEqual(await hindrances(page), []);
  await page.getByLabel("E-Mail").fill("niemand@brueckner-objekt.example");
  await page.getByRole("button", { name: "Link senden" }).click();
  await page.getByText("Sehen Sie in Ihrem Postfach nach").waitFor();
  assert.deepEqual(await hindrances(page), []);
});
