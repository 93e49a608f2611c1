// A company whose mailbox lies where people sign in: from the set-up through the registration and the provider to the first mail, and
// signing in again after the permission was taken back. A test program starts the servers and this script.
//
// HOUSE is JSON: link, imap and smtp (ports on localhost), address of the mailbox, provider (its address), client and secret (our
// registration there), pictures (a folder).

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

import { hindrances } from "../support/axe.mjs";

const house = JSON.parse(process.env.HOUSE);
const browser = await chromium.launch({ executablePath: process.env.E2E_CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const context = await browser.newContext({ locale: "de-DE", timezoneId: "Europe/Berlin", reducedMotion: "reduce" });
context.setDefaultTimeout(40_000);
const page = await context.newPage();
const heard = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

/** Says that something has happened, and waits until the test program has done its part. */
async function tell(what) {
  console.log(what);
  await heard.next();
}

/** Light, dark and narrow: nothing hinders anybody, nothing runs over. */
async function look(name) {
  for (const [kind, width, colorScheme] of [["light", 1440, "light"], ["dark", 1440, "dark"], ["phone", 390, "light"]]) {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
    await page.emulateMedia({ colorScheme });
    assert.deepEqual(await hindrances(page), [], `${name} ${kind}`);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(over <= 0, `${name} ${kind} is ${over} points too wide`);
    mkdirSync(house.pictures, { recursive: true });
    await page.screenshot({ path: path.join(house.pictures, `oauth-${name}-${kind}.png`), fullPage: true });
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: "light" });
}

/** Signs in at the provider, and presses the button that takes what came back. */
async function signIn() {
  await page.getByRole("link", { name: "Weiter zu Microsoft 365" }).press("Enter");
  await page.locator("#agree").click();
  await page.getByText("Microsoft 365 hat die Anmeldung bestätigt.").waitFor();
  await look("back");
  await page.getByRole("button", { name: "Postfach verbinden" }).press("Enter");
}

try {
  await page.goto(house.link);
  for (const [field, text] of [["name", "Mareike Thoms"], ["email", "m.thoms@firma.test"], ["password", "ein langer Satz"], ["company", "Firma GmbH"]]) {
    await page.fill(`#${field}`, text);
  }
  await page.locator("#company").press("Enter");

  await page.getByLabel("Microsoft 365").check();
  await page.getByText("nimmt von Programmen keine Passwörter an").waitFor();
  assert.equal(await page.locator("#password").isVisible(), false, "nobody is asked for a password");
  await page.fill("#address", house.address);
  await page.locator(".own-servers summary").click();
  for (const [field, text] of [["imap_host", "localhost"], ["imap_port", house.imap], ["smtp_host", "localhost"], ["smtp_port", house.smtp]]) {
    await page.fill(`#${field}`, String(text));
  }
  await look("provider");
  await page.getByRole("button", { name: "Postfach übernehmen" }).press("Enter");

  await page.getByText("So melden Sie Laufzettel bei Microsoft 365 an").waitFor();
  await look("registration");
  await page.fill("#client_id", house.client);
  await page.fill("#client_secret", house.secret);
  await page.locator(".own-servers summary").click();
  await page.fill("#authorize_url", `${house.provider}/authorize`);
  await page.fill("#token_url", `${house.provider}/token`);
  await page.locator("#token_url").press("Enter");
  await page.getByRole("link", { name: "Weiter zu Microsoft 365" }).waitFor();
  await look("go");
  await signIn();

  await page.getByText(`Angemeldet bei Microsoft 365 als ${house.address}.`).waitFor();
  await look("signed-in");
  await page.getByRole("button", { name: "Postfach übernehmen" }).press("Enter");
  await page.getByText("Empfang und Versand arbeiten.").waitFor();

  await tell("REVOKE");
  await page.goto(new URL("/mailboxes", house.link).href);
  const again = page.getByRole("link", { name: "Jetzt anmelden" });
  for (let tries = 0; tries < 80 && (await again.count()) === 0; tries += 1) {
    await page.waitForTimeout(500);
    await page.reload();
  }
  await look("ended");
  await again.click();
  await page.getByRole("button", { name: "Bei Microsoft 365 anmelden", exact: true }).press("Enter");
  await signIn();
  await page.waitForURL("**/mailboxes");

  await tell("DELIVER");
  await page.goto(new URL("/inbox", house.link).href);
  const row = page.locator("li.trow a", { hasText: "Regal wackelt" });
  for (let tries = 0; tries < 80 && (await row.count()) === 0; tries += 1) {
    await page.waitForTimeout(500);
    await page.reload();
  }
  await row.click();
  await page.waitForURL("**/tickets/**");
  await page.keyboard.press("r");
  await page.locator(".draft[data-kind=reply] [contenteditable=true]").waitFor();
  await page.keyboard.type("Bitte die Schrauben anziehen.");
  await page.keyboard.press("Control+Enter");
  await page.locator("#thread .pill", { hasText: "Gesendet" }).waitFor();
} catch (error) {
  await page.screenshot({ path: path.join(house.pictures || "/tmp", "oauth-failed.png"), fullPage: true }).catch(() => {});
  throw error;
} finally {
  await browser.close();
  process.stdin.destroy();
}
