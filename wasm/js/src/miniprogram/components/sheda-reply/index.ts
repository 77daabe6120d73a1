/** `<sheda-reply>`: a reply being written, what the rules find in it, and how it may be mended. */

import { open } from "../../index.js";
import type { Diagnostic, Due, Fix } from "../../../types.js";
import { afterPause, stopWaiting } from "../pause.js";
import { messageOf } from "../pieces.js";

/** Pause in typing after which the reply is checked, in milliseconds. */
const PAUSE = 300;

/** A finding as the template shows it. */
interface Shown {
  /** Its place among the diagnostics. */
  at: number;
  code: string;
  severity: string;
  label: string;
  quote: string;
  message: string;
  source: string;
  fixes: { title: string; safe: boolean }[];
}

const LABELS: Record<string, string> = { error: "必须改", warning: "请再看", info: "建议" };

Component({
  options: { styleIsolation: "isolated" },
  properties: {
    /** The reply; changes come with the event `change`. */
    reply: { type: String, value: "" },
    /** The citizen's question. */
    question: { type: String, value: "" },
    /** The form of service, by a name that the pack's profile knows; empty for none. */
    channel: { type: String, value: "" },
    /** When the question was received, `YYYY-MM-DD`; empty if unknown. */
    receivedAt: { type: String, value: "" },
    /** Where the asker is: 行政区划 code, 0 for the whole country. */
    region: { type: Number, value: 0 },
    placeholder: { type: String, value: "在这里写答复，停下来就会检查" },
    /** Large text. */
    large: { type: Boolean, value: false },
  },
  data: {
    text: "",
    checked: false,
    canSubmit: false,
    findings: [] as Shown[],
    safe: 0,
    due: "",
    problem: "",
  },
  lifetimes: {
    detached() {
      stopWaiting(this);
    },
  },
  observers: {
    reply(reply: string) {
      if (reply !== this.data.text) {
        this.setData({ text: reply });
        void this.check();
      }
    },
    "question, channel, receivedAt, region"() {
      if (this.data.text !== "") void this.check();
    },
  },
  methods: {
    onInput({ detail }: { detail: { value: string } }) {
      // Until it is checked anew, nothing said about the old text may be acted on.
      this.setData({ text: detail.value, checked: false });
      this.triggerEvent("change", { reply: detail.value });
      afterPause(this, PAUSE, () => void this.check());
    },
    onRetry() {
      void this.check();
    },
    onFix({ currentTarget }: { currentTarget: { dataset: { at: number; fix: number } } }) {
      const { at, fix } = currentTarget.dataset;
      const chosen = this.found()[at]?.fixes[fix];
      if (chosen && this.data.checked) this.replace(edited(this.data.text, chosen));
    },
    async onFixAll() {
      if (!this.data.checked) return;
      const text = this.data.text;
      try {
        const mended = await (await open()).applyFixes(text, this.found());
        if (this.data.text === text) this.replace(mended);
      } catch (error) {
        this.fail(error);
      }
    },
    onSubmit() {
      if (this.data.checked && this.data.canSubmit) this.triggerEvent("submit", { reply: this.data.text });
    },
    /** The diagnostics behind what is shown; kept out of `data`, which is copied to the view. */
    found(): Diagnostic[] {
      return (this as unknown as { diagnostics?: Diagnostic[] }).diagnostics ?? [];
    },
    replace(text: string) {
      this.setData({ text });
      this.triggerEvent("change", { reply: text });
      void this.check();
    },
    async check() {
      const { text, question, channel, receivedAt, region } = this.data;
      if (text.trim() === "") {
        this.show(text, [], false, null);
        return;
      }
      const request = { reply: text, question: question || null, channel: channel || null, receivedAt: receivedAt || null, region: region || null };
      try {
        const { diagnostics, canSubmit, due } = await (await open()).check(request);
        if (this.data.text !== text) return;
        this.show(text, diagnostics, canSubmit, due);
        this.triggerEvent("check", { reply: text, diagnostics, canSubmit, due });
      } catch (error) {
        this.fail(error);
      }
    },
    show(text: string, diagnostics: Diagnostic[], canSubmit: boolean, due: Due | null) {
      (this as unknown as { diagnostics: Diagnostic[] }).diagnostics = diagnostics;
      const safe = diagnostics.filter(({ fixes }) => fixes.some(({ safety }) => safety === "safe")).length;
      this.setData({ checked: text.trim() !== "", canSubmit, safe, due: dueText(due), findings: byWeight(diagnostics.map((found, at) => shown(found, text, at))), problem: "" });
    },
    fail(error: unknown) {
      const { code, message } = messageOf(error);
      this.setData({ checked: false, problem: message });
      this.triggerEvent("error", { code, message });
    },
  },
});

function shown({ code, severity, message, source, span, fixes, field }: Diagnostic, text: string, at: number): Shown {
  const quote = span && field === "reply" ? text.slice(span.start, span.end) : "";
  return {
    at, code, severity, label: LABELS[severity] ?? severity, message, source,
    quote: quote.length > 40 ? `${quote.slice(0, 40)}…` : quote,
    fixes: fixes.map(({ title, safety }) => ({ title, safe: safety === "safe" })),
  };
}

/** What must be mended comes first; else in the order of the text. */
function byWeight(findings: Shown[]): Shown[] {
  const weights = Object.keys(LABELS);
  return findings.sort((a, b) => weights.indexOf(a.severity) - weights.indexOf(b.severity) || a.at - b.at);
}

/** The text with the edits of one fix, which are in order and apart. */
function edited(text: string, { edits }: Fix): string {
  return [...edits].reverse().reduce((whole, { start, end, text: put }) => whole.slice(0, start) + put + whole.slice(end), text);
}

function dueText(due: Due | null): string {
  if (due === null) return "";
  return due.date === null ? due.reason : `应于 ${due.date} 前答复（${due.reason}）`;
}
