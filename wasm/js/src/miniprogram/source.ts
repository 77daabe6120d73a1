/** A pack from the code package, or one that was downloaded. */

import { ShedaError } from "../error.js";
import { bytesOf } from "../expect.js";
import { ask, failed, files, lacking, within } from "./host.js";

/** How every pack begins: `SHEDA`. */
const MAGIC = [0x53, 0x48, 0x45, 0x44, 0x41];

/**
 * Reads a pack. One whose name ends in `.br` is unpacked by the host, where it can; where it cannot, the file must be a pack as it is:
 * only names with a suffix that the host knows get into a code package, and `.br` is such a one.
 */
export async function readPack(path: string, limit: number): Promise<Uint8Array> {
  const manager = files();
  const unpack = /\.br$/.test(path) && typeof manager.readCompressedFile === "function";
  const reading = ask<{ data: unknown }>((callbacks) =>
    unpack && manager.readCompressedFile
      ? manager.readCompressedFile({ filePath: path, compressionAlgorithm: "br", ...callbacks })
      : manager.readFile({ filePath: path, ...callbacks }),
  );
  let bytes: Uint8Array | null;
  try {
    bytes = bytesOf((await within(limit, reading, "读知识包")).data);
  } catch (cause) {
    throw failed(`知识包没有读到：${path}，请确认它在代码包里`, cause);
  }
  if (bytes === null) throw new ShedaError("load", `知识包没有读到：${path}（宿主给出的不是字节）`);
  const start = bytes;
  if (/\.br$/.test(path) && !unpack && !MAGIC.every((byte, at) => start[at] === byte)) throw lacking("readCompressedFile，读不了 .br 文件");
  return bytes;
}
