// Mails of the stories. Each has a word of its own, by which its ticket is found among all others.

import { intake, mailbox } from "./demo.mjs";
import { deliver } from "./lmtp.mjs";

let made = 0;

/** A word that no other mail has. */
export function ownWord() {
  made += 1;
  const letters = `${process.pid}${Date.now()}${made}`.replace(/\d/g, (digit) => "abcdefghij"[digit]);
  return `vorgang${letters}`;
}

/**
 * Sends a mail to the demo's mailbox.
 *
 * `html` makes it multipart/alternative, `files` are `{name, type, bytes}`, `answers` is the
 * Message-ID of the mail it answers. Returns the mail's own Message-ID.
 */
export async function send({ subject, text, html, files = [], from = "Katrin Brandt <k.brandt@stadtwerke-lindenau.example>", answers }) {
  const id = `<${ownWord()}@stadtwerke-lindenau.example>`;
  const head = [
    `From: ${from}`,
    `To: ${mailbox}`,
    `Subject: ${encoded(subject)}`,
    `Date: ${new Date().toUTCString().replace("GMT", "+0000")}`,
    `Message-ID: ${id}`,
    ...(answers ? [`In-Reply-To: ${answers}`, `References: ${answers}`] : []),
    "MIME-Version: 1.0",
  ];
  const bytes = [...head, ...enclosed(text, html, files)].join("\r\n");
  await deliver(intake, /<(.*)>/.exec(from)[1], mailbox, `${bytes}\r\n`);
  return id;
}

/** A subject in an encoded word (RFC 2047). */
function encoded(subject) {
  return `=?utf-8?B?${Buffer.from(subject).toString("base64")}?=`;
}

function enclosed(text, html, files) {
  const body = html === undefined ? part("text/plain; charset=utf-8", text) : several("alternative", [
    part("text/plain; charset=utf-8", text),
    part("text/html; charset=utf-8", html),
  ]);
  if (files.length === 0) return body;
  return several("mixed", [body, ...files.map((file) => part(file.type, file.bytes, file.name))]);
}

function part(type, content, name) {
  const lines = Buffer.from(content).toString("base64").match(/.{1,76}/g) ?? [];
  const disposition = name ? [`Content-Disposition: attachment; filename="${name}"`] : [];
  return [`Content-Type: ${type}`, "Content-Transfer-Encoding: base64", ...disposition, "", ...lines];
}

function several(kind, parts) {
  const boundary = `=_${kind}`;
  const inside = parts.flatMap((one) => [`--${boundary}`, ...one]);
  return [`Content-Type: multipart/${kind}; boundary="${boundary}"`, "", ...inside, `--${boundary}--`];
}

/** A picture of 1 by 1 points, red. */
export const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC",
  "base64",
);

/** A page of paper with nothing on it. */
export const PAPER = Buffer.from(
  "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" +
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
);
