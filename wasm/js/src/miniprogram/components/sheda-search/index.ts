/** `<sheda-search>`: a search box with suggestions, hits, who knows, and the answer. */

import { forRichText, open } from "../../index.js";
import type { Answer, SearchResult, Suggestion } from "../../../types.js";
import { afterPause, stopWaiting } from "../pause.js";
import { messageOf, pieces, today, type Piece } from "../pieces.js";

/** Pause in typing after which suggestions are asked for, in milliseconds. */
const PAUSE = 150;

/** A suggestion as the template shows it. */
interface ShownSuggestion {
  id: string;
  text: string;
  pieces: Piece[];
}

/** A hit as the template shows it. */
interface ShownHit {
  id: string;
  title: string;
  heading: string;
  pieces: Piece[];
  agency: string;
  hotline: string;
  state: string;
}

/** An answer as the template shows it. */
interface ShownAnswer {
  id: string;
  title: string;
  html: string;
  basis: string[];
  agency: string;
  hotline: string;
  note: string;
  related: { id: string; title: string }[];
}

const STATES: Record<string, string> = { pending: "尚未施行", expired: "已失效" };

Component({
  options: { styleIsolation: "isolated", multipleSlots: true },
  properties: {
    /** Where the asker is: 行政区划 code, 0 for the whole country. */
    region: { type: Number, value: 0 },
    placeholder: { type: String, value: "用您平时说的话问，例如：失业金能领几个月" },
    /** How many hits. */
    limit: { type: Number, value: 5 },
    /** Large text. */
    large: { type: Boolean, value: false },
    /** Whether the answer is shown here; if not, the page shows it when `choose` comes. */
    inline: { type: Boolean, value: true },
    /** A question to ask at once. */
    question: { type: String, value: "" },
  },
  data: {
    text: "",
    suggestions: [] as ShownSuggestion[],
    asked: "",
    busy: false,
    confident: true,
    interpreted: "",
    hits: [] as ShownHit[],
    routes: [] as { name: string; hotline: string; channels: string }[],
    answer: null as ShownAnswer | null,
    problem: "",
  },
  lifetimes: {
    detached() {
      stopWaiting(this);
    },
  },
  observers: {
    question(question: string) {
      if (question !== "") this.ask(question);
    },
    region() {
      if (this.data.asked !== "") this.ask(this.data.asked);
    },
  },
  methods: {
    onInput({ detail }: { detail: { value: string } }) {
      const text = detail.value;
      this.setData({ text });
      afterPause(this, PAUSE, () => void this.suggest(text));
    },
    onConfirm() {
      this.ask(this.data.text);
    },
    onClear() {
      stopWaiting(this);
      this.setData({ text: "", suggestions: [], asked: "", hits: [], routes: [], answer: null, problem: "" });
      this.triggerEvent("clear");
    },
    onRetry() {
      this.ask(this.data.text);
    },
    onSuggestion({ currentTarget }: { currentTarget: { dataset: { at: number } } }) {
      const chosen = this.data.suggestions[currentTarget.dataset.at];
      if (chosen) this.ask(chosen.text);
    },
    onHit({ currentTarget }: { currentTarget: { dataset: { id: string } } }) {
      void this.choose(currentTarget.dataset.id);
    },
    onBack() {
      this.setData({ answer: null });
    },
    onCall({ currentTarget }: { currentTarget: { dataset: { hotline: string } } }) {
      this.triggerEvent("call", { hotline: currentTarget.dataset.hotline });
    },
    /** Completes what was typed. Failing here is no news: the search will say so. */
    async suggest(text: string) {
      if (text.trim() === "") {
        this.setData({ suggestions: [] });
        return;
      }
      try {
        const found = await (await open()).suggest(text, { limit: 6, region: this.data.region });
        if (this.data.text === text && this.data.asked !== text) this.setData({ suggestions: found.map(shownSuggestion) });
      } catch {
        this.setData({ suggestions: [] });
      }
    },
    /** Searches; the last question asked wins. */
    ask(question: string) {
      const text = question.trim();
      stopWaiting(this);
      if (text === "") return;
      this.setData({ text: question, asked: text, suggestions: [], answer: null, busy: true, problem: "" });
      open()
        .then((sheda) => sheda.search(text, { limit: this.data.limit, region: this.data.region, asOf: today() }))
        .then(
          (result) => {
            if (this.data.asked !== text) return;
            this.setData({ busy: false, ...shownResult(result) });
            this.triggerEvent("search", { question: text, hits: result.hits, confident: result.confident });
          },
          (error: unknown) => this.fail(error),
        );
    },
    async choose(id: string) {
      try {
        const answer = await (await open()).answer(id);
        if (answer === null) return;
        this.triggerEvent("choose", { id, title: answer.title });
        if (this.data.inline) this.setData({ answer: shownAnswer(answer) });
      } catch (error) {
        this.fail(error);
      }
    },
    fail(error: unknown) {
      const { code, message } = messageOf(error);
      this.setData({ busy: false, hits: [], routes: [], problem: message });
      this.triggerEvent("error", { code, message });
    },
  },
});

function shownSuggestion({ id, text, marks }: Suggestion): ShownSuggestion {
  return { id, text, pieces: pieces(text, marks) };
}

function shownResult({ hits, confident, routes, interpreted }: SearchResult) {
  return {
    confident,
    interpreted: interpreted.map(({ from, to }) => `“${from}”按“${to}”查`).join("，"),
    routes: routes.map(({ agency, hotline, channels }) => ({ name: agency, hotline, channels })),
    hits: hits.map(({ id, title, heading, snippet, marks, agency, hotline, state }) => {
      return { id, title, heading: heading ?? "", pieces: pieces(snippet, marks), agency, hotline, state: STATES[state] ?? "" };
    }),
  };
}

function shownAnswer(answer: Answer): ShownAnswer {
  const { id, title, html, basis, agencyTitle, agency, hotline, reviewed, until, related } = answer;
  const note = [reviewed && `核对日期 ${reviewed}`, until && `有效期至 ${until}`].filter(Boolean).join("，");
  return { id, title, html: forRichText(html), basis: basis.map(({ text }) => text), agency: agencyTitle || agency, hotline, note, related };
}
