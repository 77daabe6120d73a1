// A static server for one folder on a free port, under any path.

import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

/**
 * Serves `folder` below `base`. Files for which `withhold` answers true are missing; what `replace` answers for a file
 * is sent instead of it.
 */
export async function serve(folder, { base = "/", withhold = () => false, replace = () => undefined } = {}) {
  const root = path.resolve(folder);
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const inside = decodeURIComponent(pathname.startsWith(base) ? pathname.slice(base.length) : "/..");
    let file = path.resolve(root, inside === "" ? "." : inside);
    const found = file === root || file.startsWith(root + path.sep) ? await stat(file).catch(() => null) : null;
    if (found?.isDirectory()) file = path.join(file, "index.html");
    const there = found && !withhold(inside) && (found.isFile() || (await stat(file).catch(() => null)));
    if (!there) {
      response.writeHead(404, { "content-type": "text/plain; charset=utf-8" }).end("没有这个文件");
      return;
    }
    response.writeHead(200, { "content-type": TYPES[path.extname(file)] ?? "application/octet-stream" });
    const other = replace(inside);
    if (other !== undefined) return void response.end(other);
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}${base}`,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
