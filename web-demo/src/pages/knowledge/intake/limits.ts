// How much knowledge a browser takes in: the national base is some 5 MB in 1,000 files. What is larger is a task for `sheda build`.

const MB = 1_000_000;

/** Bytes of an archive. */
export const ARCHIVE_AT_MOST = 100 * MB;
/** Bytes of all knowledge files together, unpacked. */
const TEXTS_AT_MOST = 40 * MB;
/** Bytes of one knowledge file. */
const TEXT_AT_MOST = 2 * MB;
const FILES_AT_MOST = 20_000;

const KNOWLEDGE = /\.(md|toml|jsonl)$/i;

/** Whether a file is knowledge: hidden ones and what macOS adds to archives are not. */
export function isKnowledge(path: string): boolean {
  return KNOWLEDGE.test(path) && !path.split("/").some((part) => part.startsWith(".") || part === "__MACOSX");
}

/** Counts what is taken in, and refuses with a message for people when it is too much. */
export class Scale {
  #files = 0;
  #bytes = 0;

  add(path: string, bytes: number): void {
    this.#files += 1;
    this.#bytes += bytes;
    if (bytes > TEXT_AT_MOST) throw new Error(`${path} 有 ${inMb(bytes)}，超过一个知识文件的上限 ${inMb(TEXT_AT_MOST)}。它可能不是知识文件，请移走后再试。`);
    if (this.#files > FILES_AT_MOST) throw new Error(`知识文件超过 ${FILES_AT_MOST} 个，浏览器里放不下。请用 sheda build 命令生成。`);
    if (this.#bytes > TEXTS_AT_MOST) throw new Error(`知识文件加起来超过 ${inMb(TEXTS_AT_MOST)}，浏览器里放不下。请确认放对了文件夹；确实这么多，请用 sheda build 命令生成。`);
  }
}

/** A size for people. */
export function inMb(bytes: number): string {
  return `${(bytes / MB).toFixed(bytes < MB ? 2 : 0)} MB`;
}
