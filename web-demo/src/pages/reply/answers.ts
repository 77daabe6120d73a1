// An answer of the knowledge base as a reply that can be sent: courteous, with its legal basis and where to ask further.

import type { Answer, Handbook, LedgerRecord } from "sheda/worker";

import { choiceName, textIn } from "../../ledger/handbook";
import { inChinese } from "../../today";

/** The reply's text. */
export function replyTo(answer: Answer): string {
  const lines = ["您好！", answer.text.trim(), ""];
  if (answer.basis.length > 0) lines.push(`依据：${answer.basis.map((basis) => basis.text).join("；")}。`);
  if (answer.hotline) lines.push(`如需进一步了解，请拨打 ${answer.hotline}（${answer.agencyTitle || answer.agency}）。`);
  const scope = answer.regionName ? `适用地区：${answer.regionName}` : "";
  const checked = answer.reviewed ? `核对日期：${inChinese(answer.reviewed)}` : "";
  const notes = [scope, checked].filter(Boolean).join("，");
  if (notes) lines.push(`（${notes}）`);
  return lines.join("\n");
}

/** The ledger's column that an 险种 belongs to, filled in unless the clerk already did. */
export function insuranceChoice(handbook: Handbook, record: LedgerRecord, insurance: string): LedgerRecord {
  const column = handbook.ledger.columns.find(({ choices }) => choices.some(({ name, aliases }) => name === insurance || aliases.includes(insurance)));
  if (!column || textIn(record, column) !== "") return {};
  return { [column.name]: choiceName(column, insurance) };
}
