// An answer as a reply that can be sent: courteous, with its legal basis and where to ask further.

import type { Answer } from "sheda/worker";

import { inChinese } from "../../today";

/** The reply's text. */
export function reply(answer: Answer): string {
  const lines = ["您好！", answer.text.trim(), ""];
  if (answer.basis.length > 0) lines.push(`依据：${answer.basis.map((basis) => basis.text).join("；")}。`);
  if (answer.hotline) lines.push(`如需进一步了解，请拨打 ${answer.hotline}（${answer.agencyTitle || answer.agency}）。`);
  const scope = answer.regionName ? `适用地区：${answer.regionName}` : "";
  const checked = answer.reviewed ? `核对日期：${inChinese(answer.reviewed)}` : "";
  const notes = [scope, checked].filter(Boolean).join("，");
  if (notes) lines.push(`（${notes}）`);
  return lines.join("\n");
}

/** Copies a text; also where the page is not served securely, as on many internal networks. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    area.setAttribute("readonly", "");
    area.className = "copy-source";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}
