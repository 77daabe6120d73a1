// The pack that tests ask: the national one, as `sheda build kb -o target/national.sheda` writes it.

import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** Path of the pack: `SHEDA_PACK`, else target/national.sheda. */
export const packPath = path.resolve(process.env.SHEDA_PACK ?? path.join(root, "target/national.sheda"));

if (!existsSync(packPath)) throw new Error(`没有知识包 ${packPath}：请先运行 sheda build kb -o target/national.sheda`);
