// The table of sections at the head of a pack, to weigh its index; the format is documented in `core/src/pack`.

const MAGIC = Buffer.from("SHEDA\r\n\x1a", "latin1");
const FORMAT = 3;
const HEADER = 24;

/** Name and bytes of every section. */
export function sections(bytes) {
  const pack = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (!pack.subarray(0, MAGIC.length).equals(MAGIC) || pack.readUInt32LE(8) !== FORMAT) throw new Error(`not a pack of format ${FORMAT}`);
  const found = [];
  const end = HEADER + pack.readUInt32LE(16);
  for (let at = HEADER; at < end; ) {
    const entry = at + 1 + pack[at];
    const start = pack.readUInt32LE(entry);
    found.push({ name: pack.toString("utf8", at + 1, entry), bytes: pack.subarray(start, start + pack.readUInt32LE(entry + 4)) });
    at = entry + 12;
  }
  return found;
}
