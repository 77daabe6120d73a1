// What a person drops or chooses becomes files with paths: a folder, loose files, or a zip. Rejects with messages for people.

import type { SourceFile } from "sheda/author";

import { ARCHIVE_AT_MOST, inMb, isKnowledge, Scale } from "./limits";
import type { Intake, Outcome, Task } from "./protocol";

/** A file and its path below the folder that was given. */
interface Found {
  path: string;
  file: File;
}

/** Where loose files are put. */
const LOOSE = "拖入的文件";

/** What was dropped. To be called while the drop is being handled: the browser forgets it afterwards. */
export function fromDrop(transfer: DataTransfer): Promise<Intake> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.() ?? null).filter((entry) => entry !== null);
  if (entries.length === 0) return fromFiles([...transfer.files]);
  return fromEntries(entries);
}

async function fromEntries(entries: FileSystemEntry[]): Promise<Intake> {
  const found: Found[] = [];
  for (const entry of entries) await walk(entry, found);
  const [only] = found;
  if (only && found.length === 1 && entries[0]?.isFile) return fromFiles([only.file]);
  if (found.length === 0) throw new Error("文件夹是空的：里面一个文件也没有。");
  const [folder] = entries;
  return read(folder && entries.length === 1 && folder.isDirectory ? folder.name : LOOSE, found);
}

async function walk(entry: FileSystemEntry, found: Found[]): Promise<void> {
  const path = entry.fullPath.replace(/^\//, "");
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)).catch(() => {
      throw new Error(`${path} 读不了：可能正被别的程序占用，或没有权限。`);
    });
    found.push({ path, file });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    // A folder is listed a hundred entries at a time.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return;
    for (const inner of some) await walk(inner, found);
  }
}

/** What was chosen in a dialog: a folder's files, or an archive. */
export async function fromFiles(files: File[]): Promise<Intake> {
  const [first] = files;
  if (!first) throw new Error("文件夹是空的：里面一个文件也没有。");
  const archive = files.find((file) => /\.(zip|rar|7z)$/i.test(file.name));
  if (archive && files.length === 1) return unpack(archive);
  const found = files.map((file) => ({ path: file.webkitRelativePath || `${LOOSE}/${file.name}`, file }));
  return read(found[0]?.path.split("/")[0] ?? LOOSE, found);
}

async function read(folder: string, found: Found[]): Promise<Intake> {
  const wanted = found.filter(({ path }) => isKnowledge(path));
  const scale = new Scale();
  for (const { path, file } of wanted) scale.add(path, file.size);
  const inside = (path: string) => (path.startsWith(`${folder}/`) ? path : `${folder}/${path}`);
  const files = wanted.map(async ({ path, file }): Promise<SourceFile> => {
    const bytes = await file.arrayBuffer().catch(() => {
      throw new Error(`${path} 读不了：可能正被别的程序占用，或刚被移走。`);
    });
    return [inside(path), new Uint8Array(bytes)];
  });
  return expectSome({ folder, files: await Promise.all(files), passedOver: found.length - wanted.length });
}

/** The files of an archive, unpacked by a worker. */
export async function unpack(archive: File): Promise<Intake> {
  if (archive.size > ARCHIVE_AT_MOST) throw new Error(`${archive.name} 有 ${inMb(archive.size)}，超过上限 ${inMb(ARCHIVE_AT_MOST)}。知识是文字，通常只有几 MB：请看看里面是不是放了图片、视频。`);
  const bytes = await archive.arrayBuffer();
  const worker = new Worker(new URL("./unzip.worker.ts", import.meta.url), { type: "module", name: "unzip" });
  const task: Task = { bytes, folder: archive.name.replace(/\.zip$/i, "") };
  const outcome = await new Promise<Outcome>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Outcome>) => resolve(data);
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(`解压没有运行起来${event.message ? `：${event.message}` : ""}`));
    };
    worker.postMessage(task, [bytes]);
  }).finally(() => worker.terminate());
  if ("failure" in outcome) throw new Error(outcome.failure);
  return expectSome(outcome.intake);
}

function expectSome(intake: Intake): Intake {
  if (intake.files.length > 0) return intake;
  throw new Error(`里面没有知识文件：要 .md（答案、规则）或 .toml。${intake.passedOver ? `另有 ${intake.passedOver} 个别的文件没有读。` : ""}`);
}
