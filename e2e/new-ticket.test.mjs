// A call is taken down: what was typed survives a reload, files come along, nothing is lost by a second press.

import assert from "node:assert/strict";

import { PHONE, eventually, newContext, story } from "./support/browser.mjs";
import { hindrances } from "./support/axe.mjs";

const word = () => `w${Math.random().toString(36).slice(2, 10)}`;
const subject = (page) => page.getByLabel("Worum geht es?");
const chips = (page) => page.locator(".files [data-upload]");

/** An empty form, whatever was begun before. */
async function begin(page, kind = "phone") {
  await page.goto(`/tickets/new?kind=${kind}`);
  await page.locator("#new-ticket").waitFor();
}

async function saved(page) {
  await page.locator(".saved", { hasText: "Entwurf gesichert" }).waitFor();
}

/** Puts files into the form as somebody does who drags them there. */
async function drop(page, place, name, text) {
  const data = await page.evaluateHandle(
    ([name, text]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], name, { type: "text/plain" }));
      return transfer;
    },
    [name, text],
  );
  for (const event of ["dragover", "drop"]) await page.dispatchEvent(place, event, { dataTransfer: data });
}

story("a call is taken down by keyboard, survives a reload and becomes a ticket with its files", async (page) => {
  const [about, firm] = [word(), `Firma ${word()}`];
  await begin(page);
  assert.equal(await page.evaluate(() => document.activeElement.id), "name");
  await page.keyboard.type("Petra Wulf");
  const order = ["phone", "email", "company_name", "subject", "text"];
  const typed = { phone: "0561 5550", email: `${about}@kunde.example`, company_name: firm, subject: about, text: "Bittet um Rückruf." };
  for (const field of order) {
    await page.locator(`#${field}`).focus();
    await page.keyboard.type(typed[field]);
  }
  // The key that attaches files opens the dialog of the browser.
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.keyboard.press("Control+Shift+A")]);
  await chooser.setFiles([{ name: "plan.txt", mimeType: "text/plain", buffer: Buffer.from("Der Plan") }]);
  await drop(page, "#new-ticket", "liste.txt", "1;2");
  await eventually(async () => assert.equal(await chips(page).count(), 2));
  await saved(page);
  await eventually(() => assert.match(page.url(), /\/tickets\/new\?draft=/));
  await page.reload();
  await page.getByText("Entwurf wiederhergestellt").waitFor();
  assert.equal(await subject(page).inputValue(), about);
  assert.equal(await chips(page).count(), 2);
  await page.getByRole("button", { name: "liste.txt entfernen" }).press("Enter");
  assert.equal(await chips(page).count(), 1);
  await page.locator("#text").focus();
  await page.keyboard.press("Control+Enter");
  await page.waitForURL(/\/inbox\?made=/);
  const number = new URL(page.url()).searchParams.get("made");
  await page.goto(`/tickets/${number}`);
  await page.locator("#thread", { hasText: "plan.txt" }).waitFor();
  assert.equal(await page.locator("#thread", { hasText: "liste.txt" }).count(), 0);
  await page.locator("main", { hasText: firm }).first().waitFor();
  await begin(page);
  assert.equal(await page.getByText(about).count(), 0, "what was made is no draft any more");
});

story("what was typed is found on another device and goes on there as another kind", async (page) => {
  const about = word();
  await begin(page);
  await subject(page).fill(about);
  await saved(page);
  const there = await newContext(undefined, { viewport: PHONE, hasTouch: true, isMobile: true });
  const phone = await there.newPage();
  await phone.goto("/tickets/new");
  await phone.getByText("Entwurf wiederhergestellt").waitFor();
  assert.equal(await subject(phone).inputValue(), about);
  await phone.getByRole("button", { name: "Intern" }).tap();
  await phone.getByLabel("Was ist zu tun?").waitFor();
  assert.equal(await subject(phone).inputValue(), about);
  assert.equal(await phone.evaluate(() => document.documentElement.scrollWidth), PHONE.width);
  assert.deepEqual(await hindrances(phone), []);
  await phone.getByLabel("Was ist zu tun?").fill("Bestellen.");
  await phone.getByRole("button", { name: "Ticket anlegen" }).tap();
  await phone.waitForURL(/\/inbox\?made=/);
  await there.close();
});

story("what was thrown away comes back with one press", async (page) => {
  const about = word();
  await begin(page);
  await subject(page).fill(about);
  await drop(page, "#new-ticket", "plan.txt", "Der Plan");
  await eventually(async () => assert.equal(await chips(page).count(), 1));
  await page.locator("header").getByRole("button", { name: "Verwerfen" }).click();
  await page.waitForURL(/\/inbox\?discarded=/);
  await page.getByText("Entwurf verworfen").waitFor();
  await page.keyboard.press("z");
  await page.waitForURL(/\/tickets\/new\?draft=/);
  assert.equal(await subject(page).inputValue(), about);
  assert.equal(await chips(page).count(), 1);
  assert.deepEqual(await hindrances(page), []);
  await page.locator("header").getByRole("button", { name: "Verwerfen" }).click();
  await page.waitForURL(/\/inbox\?discarded=/);
});

story("a file that is too large or does not arrive is told at the file, and nothing is made without it", { forgives: [/files/, /ERR_FAILED/] }, async (page) => {
  await begin(page);
  await subject(page).fill(word());
  await page.locator("#text").fill("Text");
  await page.route("**/tickets/new/files", (route) => route.abort());
  await drop(page, "#new-ticket", "plan.txt", "Der Plan");
  await page.getByText("Die Datei ist nicht angekommen. Versuchen Sie es noch einmal.").waitFor();
  await page.getByRole("button", { name: "Ticket anlegen" }).click();
  await eventually(async () => assert.equal(await page.evaluate(() => document.activeElement.closest("[data-failed]") !== null), true));
  assert.match(page.url(), /\/tickets\/new/);
  await page.unroute("**/tickets/new/files");
  await page.getByRole("button", { name: "plan.txt noch einmal hochladen" }).click();
  await eventually(async () => assert.equal(await chips(page).count(), 1));
  await page.getByRole("button", { name: "Ticket anlegen" }).dblclick();
  await page.waitForURL(/\/inbox\?made=/);
});

story("without scripts files are sent with the form, and what is refused keeps them", { javaScriptEnabled: false, forgives: [/422/] }, async (page) => {
  const about = word();
  await begin(page);
  await page.locator("input[type=file][name=file]").setInputFiles([{ name: "plan.txt", mimeType: "text/plain", buffer: Buffer.from("Der Plan") }]);
  await subject(page).fill(about);
  await page.getByRole("button", { name: "E-Mail schreiben" }).click();
  await page.getByText("Entwurf wiederhergestellt").waitFor();
  assert.equal(await chips(page).count(), 1);
  await page.getByRole("button", { name: "Anruf" }).click();
  await page.locator("#text").fill("Text");
  await page.getByRole("button", { name: "Anlegen und öffnen" }).click();
  await page.waitForURL(/\/tickets\/[^/?]+$/);
  await page.locator("#thread", { hasText: "plan.txt" }).waitFor();
});

story("an empty form stays empty, and no draft gets the words of another one", async (page) => {
  const [first, second, more] = [word(), word(), word()];
  await begin(page);
  await subject(page).fill(first);
  await saved(page);
  await page.goto("/tickets/new");
  await page.getByText("Entwurf wiederhergestellt").waitFor();
  await page.locator("#text").fill(more);
  // Nobody waits for the second after which it is saved.
  await page.getByRole("link", { name: "Leeres Formular" }).click();
  await page.waitForURL(/kind=phone/);
  await page.locator("#new-ticket").waitFor();
  assert.equal((await subject(page).inputValue()) + (await page.locator("#text").inputValue()), "");
  await page.locator("#name").fill(second);
  await page.goto("/tickets/new?kind=mail");
  await page.locator("#new-ticket").waitFor();
  assert.equal(await page.locator("#name").inputValue(), "");
  assert.equal(await page.getByText("Entwurf gesichert").count(), 0);
  const drafts = async (name) => page.locator("aside.pane-aside li a", { hasText: name });
  await eventually(async () => {
    await page.reload();
    assert.deepEqual([await (await drafts(first)).count(), await (await drafts(second)).count()], [1, 1]);
  });
  await (await drafts(first)).click();
  await page.getByText("Entwurf wiederhergestellt").waitFor();
  assert.deepEqual([await subject(page).inputValue(), await page.locator("#text").inputValue(), await page.locator("#name").inputValue()], [first, more, ""]);
  for (const name of [first, second]) {
    await page.goto("/tickets/new?kind=phone");
    await (await drafts(name)).click();
    await page.getByText("Entwurf wiederhergestellt").waitFor();
    await page.locator("header").getByRole("button", { name: "Verwerfen" }).click();
    await page.waitForURL(/\/inbox\?discarded=/);
  }
});

story("what the server never got comes back into its own form, by a reload and by the next new ticket", async (page) => {
  // More than a browser sends once the page is gone.
  const [about, long] = [word(), "Lang. ".repeat(11_000)];
  // In the page itself: what a page sends as it is left is not always stopped from outside.
  await page.addInitScript(() => {
    const { fetch } = window;
    window.fetch = (place, ...more) => {
      const isLost = !window.isReachable && String(place).endsWith("/tickets/new/draft");
      return isLost ? Promise.reject(new TypeError("unreachable")) : fetch(place, ...more);
    };
  });
  await page.goto("/tickets/new?kind=mail");
  await page.locator("#text").fill(long);
  await subject(page).fill(about);
  await page.locator(".saved", { hasText: "nicht gesichert" }).waitFor();
  await page.reload();
  await page.waitForURL(/draft=/);
  await eventually(async () => assert.equal(await subject(page).inputValue(), about));
  assert.equal(await page.locator("input[name=kind]").inputValue(), "mail");
  await page.goto("/tickets/new?kind=phone");
  await page.locator("#new-ticket").waitFor();
  assert.equal(await subject(page).inputValue(), "");
  await page.reload();
  assert.equal(await subject(page).inputValue(), "");
  await page.goto("/inbox");
  await page.keyboard.press("c");
  await page.waitForURL(/draft=/);
  await eventually(async () => assert.equal((await subject(page).inputValue()) + (await page.locator("#text").inputValue()), about + long));
  // Or the next try comes when the delay after the last one is over.
  await page.evaluate(() => {
    window.isReachable = true;
    window.dispatchEvent(new Event("online"));
  });
  await saved(page);
  await page.locator("header").getByRole("button", { name: "Verwerfen" }).click();
  await page.waitForURL(/\/inbox\?discarded=/);
});

story("who calls without an address is found at the next call, and an empty file is called so", { forgives: [/422/] }, async (page) => {
  const [name, firm] = [`Carl ${word()}`, `Firma ${word()}`];
  await begin(page);
  for (const [field, text] of Object.entries({ name, phone: "0561 1234", company_name: firm, subject: "Rückruf", text: "Bittet darum." })) {
    await page.locator(`#${field}`).fill(text);
  }
  await drop(page, "#new-ticket", "leer.txt", "");
  await page.getByText("leer.txt ist leer und wird nicht angehängt.").waitFor();
  assert.equal(await page.getByRole("button", { name: "leer.txt noch einmal hochladen" }).count(), 0);
  await page.getByRole("button", { name: /leer.txt abbrechen/ }).click();
  await page.getByRole("button", { name: "Ticket anlegen" }).click();
  await page.waitForURL(/\/inbox\?made=/);
  await begin(page);
  await page.locator("#name").pressSequentially(name);
  const proposal = page.locator("#callers button", { hasText: name });
  await proposal.waitFor();
  await proposal.click();
  await page.getByText(`Bekannt, ${firm}.`).waitFor();
  assert.equal(await page.locator("#phone").inputValue(), "0561 1234");
  assert.deepEqual(await hindrances(page), []);
});

story("without scripts customers are looked up before anything else is written", { javaScriptEnabled: false }, async (page) => {
  await begin(page);
  await page.locator("#name").fill("lindenau");
  await page.getByRole("button", { name: "Kunden suchen" }).click();
  const found = page.locator("#callers button").first();
  await found.click();
  await page.getByText(/^Bekannt/).first().waitFor();
  await page.getByRole("button", { name: "Jemand anderes" }).click();
  await page.getByRole("button", { name: "Kunden suchen" }).waitFor();
  assert.equal(await page.locator("#name").inputValue(), "");
});

story("who can be responsible follows the area that is chosen", async (page) => {
  await begin(page);
  const areas = page.locator("input[name=area]");
  const offered = () => page.locator("#assignee option").allTextContents();
  const lists = new Set();
  for (let place = 0; place < (await areas.count()); place += 1) {
    const [answer] = await Promise.all([
      place === 0 ? undefined : page.waitForResponse("**/tickets/new/assignees"),
      areas.nth(place).locator("xpath=..").click(),
    ]);
    await answer?.finished();
    await eventually(async () => assert.ok((await offered()).includes("Niemand")));
    lists.add((await offered()).join());
  }
  assert.ok(lists.size > 1, [...lists].join(" | "));
});
