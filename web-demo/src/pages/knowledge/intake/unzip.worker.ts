// Unpacks an archive beside the page. Only knowledge files are unpacked, and never more than the archive said and we allow.

import { unzipSync } from "fflate/browser";

import { isKnowledge, Scale } from "./limits";
import type { Intake, Outcome, Task } from "./protocol";

interface Scope {
  onmessage: ((event: MessageEvent<Task>) => void) | null;
  postMessage(outcome: Outcome, transfer?: Transferable[]): void;
}

const scope = globalThis as unknown as Scope;

scope.onmessage = ({ data }) => {
  try {
    const intake = unpack(data);
    scope.postMessage({ intake }, intake.files.map(([, bytes]) => bytes.buffer));
  } catch (error) {
    scope.postMessage({ failure: error instanceof Error ? error.message : String(error) });
  }
};

function unpack({ bytes, folder }: Task): Intake {
  const archive = new Uint8Array(bytes);
  refuseOther(archive);
  const scale = new Scale();
  let passedOver = 0;
  let refused: Error | null = null;
  let unpacked: Record<string, Uint8Array>;
  try {
    unpacked = unzipSync(archive, {
      filter({ name, originalSize }) {
        const path = readable(name);
        if (path.endsWith("/")) return false;
        if (!isKnowledge(path)) {
          passedOver += 1;
          return false;
        }
        try {
          scale.add(path, originalSize);
        } catch (error) {
          refused = error as Error;
          throw error;
        }
        return true;
      },
    });
  } catch (cause) {
    if (refused) throw refused;
    throw new Error("这个 zip 打不开：可能没有下载完整、已损坏或设了密码。请重新压缩后再试，或直接拖文件夹。", { cause });
  }
  const files = Object.entries(unpacked).map(([name, content]): Intake["files"][number] => [`${folder}/${readable(name)}`, content]);
  return { folder, files, passedOver };
}

/** Says of what is no zip what it is, as far as its first bytes tell. */
function refuseOther(archive: Uint8Array): void {
  if (archive.length === 0) throw new Error("这个文件是空的（0 字节）。");
  const start = String.fromCharCode(...archive.subarray(0, 4));
  if (start.startsWith("PK")) return;
  if (start.startsWith("Rar!")) throw new Error("这是 RAR 压缩包，浏览器打不开。请解压后拖文件夹，或另存为 zip。");
  if (start.startsWith("7z")) throw new Error("这是 7z 压缩包，浏览器打不开。请解压后拖文件夹，或另存为 zip。");
  throw new Error("这不是 zip 压缩包（文件名虽然以 .zip 结尾）。请重新压缩，或直接拖文件夹。");
}

/** A name in an archive: Chinese Windows writes GBK without saying so, which is then read as Latin letters. */
function readable(name: string): string {
  const path = name.replaceAll("\\", "/");
  const codes = [...path].map((letter) => letter.charCodeAt(0));
  if (codes.every((code) => code < 0x80) || codes.some((code) => code > 0xff)) return path;
  const bytes = Uint8Array.from(codes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}
