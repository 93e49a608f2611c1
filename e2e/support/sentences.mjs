// The sentences of the product: what stands in the Fluent files, by language.

import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const SOURCE = fileURLToPath(new URL("../../crates/laufzettel/src/", import.meta.url));

const files = readdirSync(SOURCE, { recursive: true }).map(String);

/** All messages of a language: file and name with the text. */
function messages(language) {
  const found = new Map();
  for (const file of files.filter((name) => name.endsWith(`${language}.ftl`))) {
    const folder = file.slice(0, -`${language}.ftl`.length);
    for (const [, name, text] of readFileSync(`${SOURCE}${file}`, "utf8").matchAll(/^([a-z][\w-]*) = (.+)$/gm)) {
      found.set(`${folder}${name}`, text.trim());
    }
  }
  return found;
}

const [german, english] = [messages("de"), messages("en")];

/** Texts that are the same in both languages on purpose: "Name", "Support". */
export const SHARED = new Set([...german].filter(([name, text]) => english.get(name) === text).map(([, text]) => text));

const plain = (texts, others) => {
  const own = new Set([...texts.values()].filter((text) => !text.includes("{")));
  const foreign = new Set(others.values());
  return new Set([...own].filter((text) => !foreign.has(text)));
};

/** Sentences that belong into one language only. */
export const ONLY = { de: plain(german, english), en: plain(english, german) };

/** Names of messages, which nobody should ever read. */
export const NAMES = new Set([...german.keys()].map((name) => name.split("/").pop()).filter((name) => name.includes("-")));

const read = (pattern) => files.filter((name) => pattern.test(name)).map((name) => readFileSync(`${SOURCE}${name}`, "utf8")).join("\n");
const tables = readdirSync(`${SOURCE}../migrations`).map((name) => readFileSync(`${SOURCE}../migrations/${name}`, "utf8")).join("\n");
const strings = (text, pattern) => [...text.matchAll(pattern)].map((match) => match[1]);

/** What the sample company is made of, and the names of providers and of delivered lists. */
const INVENTED = new Set([
  ...read(/^feature\/demo\/.*\.txt$/).split(/[\n|;\t=]/).map((text) => text.trim()),
  ...strings(read(/^feature\/(demo|setup)\/.*\.rs$/), /"([^"\n]+)"/g),
  ...strings(tables, /'([^'\n]+)'/g),
]);

/** Whether a text is the sample company's: its words are nobody's mistake. */
export const isInvented = (text) => INVENTED.has(text.replace(/^(Re|AW): /, ""));
