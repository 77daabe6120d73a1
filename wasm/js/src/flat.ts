/**
 * Reads results as the module hands them over (wasm/src/flat.rs has the layout): all texts are decoded at once, so that a
 * result of two hundred values costs one call instead of two hundred.
 */

const NULL = 0, FALSE = 1, TRUE = 2, SHORT = 3, WHOLE = 4, NUMBER = 5, TEXT = 6, LONG_TEXT = 7, LIST = 8, OBJECT = 9;

/**
 * The numbers and texts of one result, and how far they have been read. TypeScript's `private`, not `#`: for old engines that becomes a
 * look-up in a WeakMap, hundreds of them a result, which made a whole search twice as slow.
 */
class Reader {
  private readonly codes: Uint16Array;
  private readonly texts: string;
  private readonly keys: string[] = [];
  private readonly bits = new DataView(new ArrayBuffer(8));
  private at = 0;
  private from = 0;

  constructor(codes: Uint16Array, texts: string) {
    this.codes = codes;
    this.texts = texts;
  }

  value(): unknown {
    const code = this.next();
    switch (code) {
      case NULL:
        return null;
      case FALSE:
        return false;
      case TRUE:
        return true;
      case SHORT:
        return this.next();
      case WHOLE:
        return this.whole();
      case NUMBER:
        this.bits.setUint32(0, this.whole(), true);
        this.bits.setUint32(4, this.whole(), true);
        return this.bits.getFloat64(0, true);
      case TEXT:
        return this.text(this.next());
      case LONG_TEXT:
        return this.text(this.whole());
      case LIST: {
        const list: unknown[] = [];
        for (let left = this.whole(); left > 0; left--) list.push(this.value());
        return list;
      }
      case OBJECT: {
        const object: Record<string, unknown> = {};
        for (let left = this.next(); left > 0; left--) {
          const key = this.key();
          if (key === "__proto__") Object.defineProperty(object, key, { ...OWN, value: this.value() });
          else object[key] = this.value();
        }
        return object;
      }
      default:
        throw new TypeError(`unknown code ${code} in a result`);
    }
  }

  private next(): number {
    const code = this.codes[this.at++];
    if (code === undefined) throw new TypeError("a result ends too early");
    return code;
  }

  private whole(): number {
    const low = this.next();
    return low + this.next() * 0x10000;
  }

  private text(length: number): string {
    const text = this.texts.substring(this.from, this.from + length);
    this.from += length;
    return text;
  }

  private key(): string {
    const number = this.next();
    const known = this.keys[number];
    if (known !== undefined) return known;
    return (this.keys[number] = this.text(this.next()));
  }
}

/** A channel in somebody's ledger may be called anything: setting this name would change the object's kind instead. */
const OWN = { configurable: true, enumerable: true, writable: true };

/** Mini-programs have no `TextDecoder`; nor has their library of types. */
declare const TextDecoder: (new (label: string) => { decode(units: Uint16Array): string }) | undefined;

const decoder = typeof TextDecoder === "undefined" ? null : new TextDecoder("utf-16le");

/** More arguments than this overflow the stack of some engines. */
const MOST_ARGUMENTS = 8192;

function decode(units: Uint16Array): string {
  if (decoder) return decoder.decode(units);
  let text = "";
  for (let at = 0; at < units.length; at += MOST_ARGUMENTS) {
    text += String.fromCharCode.apply(null, units.subarray(at, at + MOST_ARGUMENTS) as unknown as number[]);
  }
  return text;
}

/** The plain value that a result stands for. */
export function unflatten(result: Uint16Array): unknown {
  const end = 2 + (result[0] ?? 0) + (result[1] ?? 0) * 0x10000;
  return new Reader(result.subarray(2, end), decode(result.subarray(end))).value();
}
