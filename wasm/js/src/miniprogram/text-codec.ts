/**
 * `TextEncoder` and `TextDecoder` for hosts that lack them (WeChat's on phones): UTF-8 as the WHATWG Encoding Standard has it,
 * as far as the generated glue asks. The build binds the glue's free names to these; no global is touched.
 */

/** Code units turned into a string at once: more arguments overflow the stack of some engines. */
const CHUNK = 8192;
/** Where a string's code units are gathered; most strings are short, and a new array for each would cost more than decoding it. */
const units = new Uint16Array(CHUNK + 1);

/** Encodes as UTF-8; a lone surrogate becomes U+FFFD. */
export class TextEncoder {
  readonly encoding = "utf-8";

  encode(text: string = ""): Uint8Array {
    const string = String(text);
    const bytes = new Uint8Array(string.length * 3);
    return bytes.slice(0, this.encodeInto(string, bytes).written);
  }

  /** Writes whole characters while they fit. `read` counts UTF-16 units, `written` bytes. */
  encodeInto(text: string, bytes: Uint8Array): { read: number; written: number } {
    const string = String(text);
    let read = 0;
    let written = 0;
    while (read < string.length) {
      let code = string.charCodeAt(read);
      let units = 1;
      if (code >= 0xd800 && code <= 0xdfff) {
        const low = code < 0xdc00 && read + 1 < string.length ? string.charCodeAt(read + 1) : 0;
        if (low >= 0xdc00 && low <= 0xdfff) {
          code = ((code - 0xd800) << 10) + (low - 0xdc00) + 0x10000;
          units = 2;
        } else {
          code = 0xfffd;
        }
      }
      const length = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
      if (written + length > bytes.length) break;
      if (length === 1) {
        bytes[written++] = code;
      } else {
        bytes[written++] = length === 2 ? 0xc0 | (code >> 6) : length === 3 ? 0xe0 | (code >> 12) : 0xf0 | (code >> 18);
        for (let shift = (length - 2) * 6; shift >= 0; shift -= 6) bytes[written++] = 0x80 | ((code >> shift) & 0x3f);
      }
      read += units;
    }
    return { read, written };
  }
}

/** What the constructor of a decoder may be given. */
interface DecoderOptions {
  fatal?: boolean;
  ignoreBOM?: boolean;
}

/** Decodes UTF-8. Each longest beginning of a character that breaks off becomes one U+FFFD, or with `fatal` a `TypeError`. */
export class TextDecoder {
  readonly encoding = "utf-8";
  readonly fatal: boolean;
  readonly ignoreBOM: boolean;

  constructor(label: string = "utf-8", { fatal = false, ignoreBOM = false }: DecoderOptions = {}) {
    if (!/^\s*utf-?8\s*$/i.test(label)) throw new RangeError(`只有 utf-8，没有 ${label}`);
    this.fatal = fatal;
    this.ignoreBOM = ignoreBOM;
  }

  decode(input?: ArrayBuffer | ArrayBufferView): string {
    if (input === undefined) return "";
    const bytes = ArrayBuffer.isView(input) ? new Uint8Array(input.buffer, input.byteOffset, input.byteLength) : new Uint8Array(input);
    let text = "";
    let filled = 0;
    let at = !this.ignoreBOM && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    while (at < bytes.length) {
      let code = bytes[at++] as number;
      if (code >= 0x80) {
        const lead = code;
        const more = lead >= 0xc2 && lead <= 0xdf ? 1 : lead >= 0xe0 && lead <= 0xef ? 2 : lead >= 0xf0 && lead <= 0xf4 ? 3 : 0;
        // The second byte alone decides about overlong forms, surrogates and what is beyond U+10FFFF.
        let least = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
        let most = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
        code = more === 1 ? lead & 0x1f : more === 2 ? lead & 0x0f : lead & 0x07;
        let left = more;
        while (left > 0 && at < bytes.length && (bytes[at] as number) >= least && (bytes[at] as number) <= most) {
          code = (code << 6) | ((bytes[at++] as number) & 0x3f);
          least = 0x80;
          most = 0xbf;
          left--;
        }
        if (more === 0 || left > 0) {
          if (this.fatal) throw new TypeError("这些字节不是 UTF-8");
          code = 0xfffd;
        }
      }
      if (code > 0xffff) {
        units[filled++] = 0xd7c0 + (code >> 10);
        code = 0xdc00 | (code & 0x3ff);
      }
      units[filled++] = code;
      if (filled >= CHUNK) {
        text += gathered(filled);
        filled = 0;
      }
    }
    return text + gathered(filled);
  }
}

function gathered(length: number): string {
  return String.fromCharCode.apply(null, units.subarray(0, length) as unknown as number[]);
}
