// 关于规范: terms, flows and rules of the pack, and what this edition for phones lacks.

const { open } = require("sheda");
const settings = require("../../settings.js");

const LABELS = { error: "必须改", warning: "请再看", info: "建议" };
const THEMES = { error: "danger", warning: "warning", info: "primary" };

/** @param {import("sheda").RulePage[]} pages */
function byFamily(pages) {
  /** @type {Map<string, { title: string, rules: object[] }>} */
  const families = new Map();
  for (const { code, title, family, familyTitle, severity, source, why } of pages) {
    const known = families.get(family) ?? { title: familyTitle, rules: [] };
    families.set(family, known);
    known.rules.push({ code, title, source, why, label: LABELS[severity], theme: THEMES[severity] });
  }
  return [...families].map(([family, { title, rules }]) => ({ family, title, rules }));
}

Component({
  options: { addGlobalClass: true },
  data: {
    ...settings.read(),
    terms: /** @type {import("sheda").Term[]} */ ([]),
    flows: /** @type {import("sheda").Flow[]} */ ([]),
    families: /** @type {ReturnType<typeof byFamily>} */ ([]),
    opened: "",
    brief: false,
    problem: "",
  },
  lifetimes: {
    async attached() {
      try {
        const sheda = await open();
        const [{ terms, flows }, rules, { leftOut }] = await Promise.all([sheda.handbook(), sheda.rules(), sheda.manifest()]);
        this.setData({ terms, flows, families: byFamily(rules), brief: leftOut.includes("rule-pages"), problem: "" });
      } catch (error) {
        this.setData({ problem: /** @type {Error} */ (error).message });
      }
    },
  },
  pageLifetimes: {
    show() {
      this.setData(settings.read());
    },
  },
  methods: {
    /** @param {WechatMiniprogram.BaseEvent} event */
    onOpen({ currentTarget }) {
      const { part } = currentTarget.dataset;
      this.setData({ opened: part === this.data.opened ? "" : part });
    },
  },
});
