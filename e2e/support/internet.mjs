// A listener that stands for the Internet: nothing that a mail says may reach it.

import { once } from "node:events";
import { createServer } from "node:net";

/** Listens on loopback; `calls` counts the connections. */
export async function internet() {
  const net = { calls: 0 };
  const server = createServer((socket) => {
    net.calls += 1;
    socket.end("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  net.address = `http://127.0.0.1:${server.address().port}`;
  net.close = () => server.close();
  return net;
}
