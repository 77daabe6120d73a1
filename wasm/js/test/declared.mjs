// Reads the interfaces of src/types.ts and checks real values against them: no key missing, none too many, every type right.

/** `{ Hit: { id: "string", marks: "Span[]", until: "string | null", … }, … }`; a `?` after the name is kept on the type; string unions as lists. */
export function parseInterfaces(source) {
  const plain = source.replace(/\/\*[\s\S]*?\*\//g, "");
  const interfaces = {};
  for (const [, name, body] of plain.matchAll(/export interface (\w+) \{([^}]*)\}/g)) {
    interfaces[name] = {};
    for (const [, key, optional, type] of body.matchAll(/^\s*(\w+)(\??): ([^;]+);/gm)) interfaces[name][key] = type + optional;
  }
  for (const [, name, values] of plain.matchAll(/export type (\w+) = ([^;]+);/g)) {
    if (values.trim().startsWith('"')) interfaces[name] = values.split("|").map((value) => JSON.parse(value));
  }
  return interfaces;
}

/** What is wrong with a value, as lines `path: why`; empty if nothing. */
export function mismatches(interfaces, type, value, path = type) {
  if (type.endsWith(" | null")) {
    return value === null ? [] : mismatches(interfaces, type.slice(0, -" | null".length), value, path);
  }
  if (type.endsWith("[]")) {
    if (!Array.isArray(value)) return [`${path}: 应为数组`];
    return value.flatMap((item, at) => mismatches(interfaces, type.slice(0, -2), item, `${path}[${at}]`));
  }
  const declared = interfaces[type];
  if (Array.isArray(declared)) return declared.includes(value) ? [] : [`${path}: ${JSON.stringify(value)} 不在 ${type} 之内`];
  if (!declared) return typeof value === type ? [] : [`${path}: 应为 ${type}，实为 ${value === null ? "null" : typeof value}`];
  if (typeof value !== "object" || value === null) return [`${path}: 应为对象`];
  if (Object.getPrototypeOf(value) !== Object.prototype) return [`${path}: 应为普通对象`];
  const missing = Object.keys(declared).filter((key) => !(key in value));
  const extra = Object.keys(value).filter((key) => !(key in declared));
  return [
    ...missing.map((key) => `${path}.${key}: 缺`),
    ...extra.map((key) => `${path}.${key}: 没有声明`),
    ...Object.keys(declared).filter((key) => key in value).flatMap((key) => mismatches(interfaces, declared[key], value[key], `${path}.${key}`)),
  ];
}
