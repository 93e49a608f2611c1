// Answering: by keyboard alone, by touch, with drafts that survive, and with a colleague who sees it.

import assert from "node:assert/strict";

import { PHONE, eventually, newContext, story } from "./support/browser.mjs";
import { person } from "./support/demo.mjs";
import { send } from "./support/mails.mjs";
import { newTicket, shown } from "./support/tickets.mjs";

const editor = (page, kind = "reply") => page.locator(`.draft[data-kind=${kind}] [contenteditable=true]`);
const saved = (page, kind = "reply") => page.locator(`.draft[data-kind=${kind}] .saved`);

/** The mail in the sandbox whose subject has this word. */
async function caught(page, word) {
  await eventually(async () => {
    await page.goto("/sandbox");
    assert.equal(await page.locator("a.caught", { hasText: word }).count(), 1);
  });
  await page.locator("a.caught", { hasText: word }).click();
}

// Proves F-OUT-13, F-OUT-14, F-STAT-13.
story("the whole loop is played by keyboard alone", async (page, context) => {
  const { number, word } = await newTicket(context, { from: "Rita Sommer <rita@loop.example>" });
  await page.goto(`/tickets/${number}`);
  await page.keyboard.press("r");
  await editor(page).waitFor();
  await page.keyboard.type("Guten Tag Frau Sommer, ich kümmere mich darum.");
  await page.keyboard.press("Control+Shift+Enter");
  await page.locator(".toast", { hasText: "hinaus" }).waitFor();
  await eventually(async () => assert.equal(await shown(page, "status"), "Gelöst"));
  await page.locator("#thread .pill", { hasText: "Geht gleich hinaus" }).waitFor();
  await page.locator("#thread .pill", { hasText: "Gesendet" }).waitFor({ timeout: 20_000 });

  await caught(page, word);
  assert.match(await page.locator("article h2").innerText(), new RegExp(`^\\[#${number}\\] Re: `));
  const mail = page.frameLocator(".mailframe");
  await mail.getByText("ich kümmere mich darum").waitFor();
  await mail.getByText("die Lieferung ist da").waitFor();
  await page.locator("#answer").focus();
  await page.keyboard.type("Vielen Dank, das passt.");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByText("Ihre Antwort ist unterwegs").waitFor();

  await eventually(async () => {
    await page.goto(`/tickets/${number}`);
    assert.match(await page.locator("#thread").innerText(), /Vielen Dank, das passt/);
  });
  assert.notEqual(await shown(page, "status"), "Gelöst");
  await page.keyboard.press("e");
  await page.locator("dialog:modal", { hasText: "informieren" }).waitFor();
  await page.keyboard.press("Escape");
  await eventually(async () => assert.equal(await shown(page, "status"), "Gelöst"));
});

story("what was sent is recalled with Z and stands in the field again", async (page, context) => {
  const { number } = await newTicket(context);
  await page.goto(`/tickets/${number}`);
  await page.keyboard.press("r");
  await editor(page).waitFor();
  await page.keyboard.type("Das war zu früh.");
  await page.keyboard.press("Control+Enter");
  await page.locator(".toast [data-undo]").waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("z");
  await page.locator(".toast", { hasText: "zurückgeholt" }).waitFor();
  await eventually(async () => {
    const text = await page.locator(".draft[data-kind=reply]").evaluate((form) => form.querySelector("textarea").value);
    assert.match(text, /Das war zu früh/);
  });
  assert.doesNotMatch(await page.locator("#thread").innerText(), /Das war zu früh/);
});

// Proves F-OUT-15.
story("a draft survives a closed tab, and a note has one of its own", async (page, context) => {
  const { number } = await newTicket(context);
  await page.goto(`/tickets/${number}`);
  await page.keyboard.press("r");
  await editor(page).waitFor();
  await page.keyboard.type("Angefangene Antwort");
  await saved(page).filter({ hasText: "Entwurf gesichert" }).waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("n");
  await editor(page, "note").waitFor();
  await page.keyboard.type("Nur für uns");
  await saved(page, "note").filter({ hasText: "Entwurf gesichert" }).waitFor();
  await page.close();

  const again = await context.newPage();
  await again.goto(`/tickets/${number}`);
  const text = (kind) => again.locator(`.draft[data-kind=${kind}]`).evaluate((form) => form.querySelector("textarea").value);
  assert.match(await text("reply"), /Angefangene Antwort/);
  assert.match(await text("note"), /Nur für uns/);
});

story("a colleague sees who looks and who writes", async (page, context) => {
  const { number } = await newTicket(context, {});
  await page.goto(`/tickets/${number}`);
  const other = await newContext(person("a.demir"));
  try {
    const there = await other.newPage();
    await there.goto(`/tickets/${number}`);
    await page.locator("#presence [title^='Aylin Demir']").waitFor();
    await there.keyboard.press("r");
    await editor(there).waitFor();
    await there.keyboard.type("Ich bin schon dabei");
    await page.locator("#presence [data-typing]").first().waitFor();
  } finally {
    await other.close();
  }
});

story("a message that comes meanwhile holds the answer back", async (page, context) => {
  const { number, subject, id } = await newTicket(context, { from: "Rita Sommer <rita@loop.example>" });
  await page.goto(`/tickets/${number}`);
  await page.keyboard.press("r");
  await editor(page).waitFor();
  await page.keyboard.type("Morgen um neun.");
  await send({ from: "Rita Sommer <rita@loop.example>", subject: `Re: ${subject}`, text: "Lieber übermorgen.", answers: id });
  await page.locator("#thread", { hasText: "Lieber übermorgen" }).waitFor();
  await page.keyboard.press("Control+Enter");
  await page.locator(".draft[data-kind=reply] .banner", { hasText: "Inzwischen kam eine Nachricht dazu" }).waitFor();
  const text = await page.locator(".draft[data-kind=reply]").evaluate((form) => form.querySelector("textarea").value);
  assert.match(text, /Morgen um neun/);
});

story("the whole loop is played by touch on a phone", { viewport: PHONE, hasTouch: true, isMobile: true }, async (page, context) => {
  const fits = async () => {
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= PHONE.width, `the page is ${width} wide`);
  };
  const { number, word } = await newTicket(context, { from: "Rita Sommer <rita@touch.example>" });
  await page.goto(`/tickets/${number}`);
  await page.locator(".draft[data-kind=reply] textarea").tap();
  await editor(page).waitFor();
  await editor(page).pressSequentially("Kommt heute noch.");
  await fits();
  await page.locator(".draft[data-kind=reply] [data-send='']").first().tap();
  await page.locator("#thread .pill", { hasText: "Geht gleich hinaus" }).waitFor();
  await page.locator("#thread .pill", { hasText: "Gesendet" }).waitFor({ timeout: 20_000 });
  await fits();

  await caught(page, word);
  await page.frameLocator(".mailframe").getByText("Kommt heute noch").waitFor();
  await fits();
  await page.locator("#answer").tap();
  await page.keyboard.type("Ist da, danke.");
  await page.getByRole("button", { name: "Als Kunde antworten" }).tap();
  await page.getByText("Ihre Antwort ist unterwegs").waitFor();

  await eventually(async () => {
    await page.goto(`/tickets/${number}`);
    assert.match(await page.locator("#thread").innerText(), /Ist da, danke/);
  });
  await page.getByRole("button", { name: "Weitere Aktionen", exact: true }).tap();
  await page.getByRole("button", { name: "Lösen" }).tap();
  await page.getByRole("button", { name: "Nichts senden" }).tap();
  await eventually(async () => assert.equal(await shown(page, "status"), "Gelöst"));
  await fits();
});

story("without a script one answers as well", { javaScriptEnabled: false }, async (page, context) => {
  const { number } = await newTicket(context);
  await page.goto(`/tickets/${number}`);
  await page.fill(".draft[data-kind=reply] textarea", "Ohne Skript geschrieben.");
  await page.locator(".draft[data-kind=reply] .tools button.btn-primary").first().click();
  await page.waitForURL(`**/tickets/${number}`);
  assert.match(await page.locator("#thread").innerText(), /Ohne Skript geschrieben/);
});

story("whoever is signed out while writing signs in and goes on", { as: person("a.demir"), forgives: [/401/] }, async (page, context) => {
  const { number } = await newTicket(context);
  await page.goto(`/tickets/${number}`);
  await page.keyboard.press("r");
  await editor(page).waitFor();
  await page.keyboard.type("Erster Satz.");
  await saved(page).filter({ hasText: "Entwurf gesichert" }).waitFor();
  const session = await context.cookies();
  await context.clearCookies();
  await page.keyboard.type(" Zweiter Satz.");
  await page.evaluate(() => document.body.dispatchEvent(new CustomEvent("live:refresh")));
  const banner = page.getByRole("alert").filter({ hasText: "Sie sind abgemeldet." });
  assert.match(await banner.getByRole("link").getAttribute("href"), new RegExp(`back=%2Ftickets%2F${number}`));
  await page.keyboard.press("Control+Enter");
  await saved(page).getByRole("link").click();
  await page.waitForURL("**/signin?**");
  assert.match(decodeURIComponent(page.url()), new RegExp(`back=/tickets/${number}`));
  await context.addCookies(session);
  await page.goto(`/tickets/${number}`);
  const text = await page.locator(".draft[data-kind=reply]").evaluate((form) => form.querySelector("textarea").value);
  assert.match(text, /Erster Satz\. Zweiter Satz\./);
});
