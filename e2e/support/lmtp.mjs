// Hands a mail over by LMTP (RFC 2033), as a mail server does.

import { connect } from "node:net";
import { createInterface } from "node:readline";

/** Resolves when the demo has taken the mail; `bytes` has CRLF line ends. */
export async function deliver(intake, sender, recipient, bytes) {
  const [host, port] = intake.split(":");
  const socket = connect(Number(port), host);
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  const say = async (words, wanted) => {
    if (words) socket.write(`${words}\r\n`);
    const answer = await answered(lines);
    if (!answer.startsWith(wanted)) throw new Error(`${words ?? "the greeting"} was answered with: ${answer}`);
  };
  await say(null, "220");
  await say("LHLO browser.example", "250");
  await say(`MAIL FROM:<${sender}>`, "250");
  await say(`RCPT TO:<${recipient}>`, "250");
  await say("DATA", "354");
  socket.write(bytes.replace(/^\./gm, ".."));
  await say(bytes.endsWith("\r\n") ? "." : "\r\n.", "250");
  await say("QUIT", "221");
  socket.destroy();
}

/** The last line of an answer: those before it have a hyphen behind the number. */
async function answered(lines) {
  for (;;) {
    const { value, done } = await lines.next();
    if (done) throw new Error("the connection ended");
    if (value[3] !== "-") return value;
  }
}
