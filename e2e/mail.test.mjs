// What a mail brings: foreign HTML, pictures, papers, archives. Nothing of it may act.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { eventually, story } from "./support/browser.mjs";
import { internet } from "./support/internet.mjs";
import { PAPER, PICTURE } from "./support/mails.mjs";
import { choose, newTicket } from "./support/tickets.mjs";

/** An HTML mail that tries what mails try. */
const hostile = (net) => `
  <html><head>
    <meta http-equiv="refresh" content="0;url=${net}/refresh">
    <link rel="stylesheet" href="${net}/style.css">
    <style>@import url("${net}/import.css"); p { background: url("${net}/background.png") }</style>
    <script>window.pwned = 1; window.top.pwned = 1; fetch("${net}/script")</script>
    <base href="${net}/">
  </head><body onload="window.top.pwned = 1">
    <p style="background-image: url(${net}/inline.png)">Sehr geehrte Damen und Herren,</p>
    <p>die <b>Platten</b> sind gebrochen.</p>
    <img src="${net}/pixel.png" onerror="window.top.pwned = 1"><img src="x" onerror="window.top.pwned = 1">
    <a href="javascript:window.top.pwned = 1">Bilder ansehen</a>
    <a href="${net}/link" ping="${net}/ping">Zur Sendung</a>
    <iframe src="${net}/frame"></iframe><object data="${net}/object"></object><embed src="${net}/embed">
    <video src="${net}/video" poster="${net}/poster" autoplay></video>
    <svg onload="window.top.pwned = 1"><image href="${net}/svg.png"/></svg>
    <form action="${net}/form"><input name="a" autofocus onfocus="window.top.pwned = 1"></form>
  </body></html>`;

// Proves F-ACT-13.
story("nothing in an HTML mail runs or asks the network", async (page, context) => {
  const net = await internet();
  try {
    const { number } = await newTicket(context, { html: hostile(net.address) });
    await page.goto(`/tickets/${number}`);
    const frame = page.frameLocator("iframe.mailframe");
    await frame.getByText("sind gebrochen").waitFor();
    const link = frame.getByRole("link", { name: "Bilder ansehen" });
    if (await link.count()) await link.click({ noWaitAfter: true });
    for (const one of page.frames()) assert.equal(await one.evaluate(() => window.pwned), undefined, one.url());
    assert.deepEqual(page.frames().map((one) => new URL(one.url()).pathname.split("/")[1]), ["tickets", "messages"]);
    assert.equal(await page.locator("iframe.mailframe").getAttribute("sandbox"), "allow-same-origin allow-popups allow-popups-to-escape-sandbox");
    assert.match(await page.locator("article .note-line").innerText(), /nicht geladen/);
    assert.equal(net.calls, 0);
    // The listener would have noticed.
    await fetch(net.address);
    assert.equal(net.calls, 1);
  } finally {
    net.close();
  }
});

story("the frame of an HTML mail is as high as the mail", async (page, context) => {
  const lines = Array.from({ length: 60 }, (_, line) => `<p>Zeile ${line + 1}</p>`).join("");
  const { number } = await newTicket(context, { html: `<html><body>${lines}</body></html>` });
  await page.goto(`/tickets/${number}`);
  await page.frameLocator("iframe.mailframe").getByText("Zeile 60", { exact: true }).waitFor();
  const fits = () => eventually(async () => {
    const [shown, needed] = await page.locator("iframe.mailframe").evaluate((frame) => [frame.clientHeight, frame.contentDocument.documentElement.scrollHeight]);
    assert.ok(needed > 1200, `the mail needs ${needed} points`);
    assert.equal(shown, needed);
  });
  await fits();
  await choose(page, "status", "Offen");
  await page.locator(".event", { hasText: "hat den Status auf Offen gesetzt" }).waitFor();
  await fits();
});

// Proves F-ACT-18.
story("the quoted mail stands folded below the answer and unfolds", async (page, context) => {
  const text = "Das passt so, danke.\n\nAm 20.11.2026 um 09:12 schrieb Service:\n> Passt der Dienstag?\n> Oder lieber Mittwoch?\n";
  const { number } = await newTicket(context, { text });
  await page.goto(`/tickets/${number}`);
  await page.getByText("Das passt so, danke.").waitFor();
  assert.equal(await page.getByText("Oder lieber Mittwoch?").isVisible(), false);
  await page.locator("summary", { hasText: "Zitierter Text" }).click();
  await page.getByText("Oder lieber Mittwoch?").waitFor();
});

story("a link in a mail opens a window of its own that knows nothing of the ticket", async (page, context) => {
  const { number } = await newTicket(context, { html: '<p><a href="http://127.0.0.1:9/sendung">Zur Sendung</a></p>' });
  await page.goto(`/tickets/${number}`);
  const link = page.frameLocator("iframe.mailframe").getByRole("link", { name: "Zur Sendung" });
  assert.equal(await link.getAttribute("target"), "_blank");
  assert.match(await link.getAttribute("rel"), /noopener.*noreferrer|noreferrer.*noopener/);
});

const FILES = [
  { name: "platte.png", type: "image/png", bytes: PICTURE },
  { name: "Vermerk.pdf", type: "application/pdf", bytes: PAPER },
  { name: "seite.html", type: "text/html", bytes: "<script>document.title = 'pwned'</script>" },
];

/** The window with the picture is so closed in that the browser may not even ask for its icon. */
const forgives = [/ERR_BLOCKED_BY_RESPONSE.NotSameOrigin/];

story("pictures and papers open beside the ticket, everything else is a download", { forgives }, async (page, context) => {
  const { number } = await newTicket(context, { files: FILES });
  await page.goto(`/tickets/${number}`);
  const [picture] = await Promise.all([context.waitForEvent("page"), page.getByRole("link", { name: "platte.png 69 Byte" }).click()]);
  await eventually(async () => assert.equal(await picture.locator("img").evaluate((image) => image.naturalWidth), 1));
  const paper = await page.getByRole("link", { name: /^Vermerk\.pdf \d/ }).getAttribute("href");
  const answer = await context.request.get(paper);
  assert.equal(answer.headers()["content-type"], "application/pdf");
  assert.match(answer.headers()["content-disposition"], /^inline/);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: /^seite\.html/ }).click()]);
  assert.equal(download.suggestedFilename(), "seite.html");
  assert.equal(readFileSync(await download.path(), "utf8"), FILES[2].bytes);
});

story("all files of a ticket come as one archive", async (page, context) => {
  const { number } = await newTicket(context, { files: FILES });
  await page.goto(`/tickets/${number}`);
  await page.getByRole("button", { name: "Weitere Aktionen", exact: true }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Alle Anhänge laden" }).click()]);
  assert.equal(download.suggestedFilename(), `${number}.zip`);
  const archive = readFileSync(await download.path());
  assert.equal(archive.subarray(0, 4).toString("latin1"), "PK\x03\x04");
  for (const { name } of FILES) assert.ok(archive.includes(name), name);
  assert.ok(archive.includes(PICTURE));
});

story("the print view shows the whole conversation without anything to click", async (page, context) => {
  const { number, subject } = await newTicket(context, { text: "Die Lieferung ist da.\n\n> alter Text\n> noch älter" });
  await page.goto(`/tickets/${number}/print`);
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.getByRole("heading", { level: 1 }).innerText(), subject);
  const words = await page.locator("main").innerText();
  for (const line of ["Die Lieferung ist da.", "noch älter", "Katrin Brandt"]) assert.ok(words.includes(line), words);
  assert.equal(await page.locator("a:visible, button:visible, nav:visible").count(), 0);
});
