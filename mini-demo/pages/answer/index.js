// 答案: one answer in full, with its basis, who to call and what goes with it.

const { forRichText, open } = require("sheda");
const settings = require("../../settings.js");

/** @typedef {import("sheda").Answer} Answer */

Component({
  options: { addGlobalClass: true },
  data: { ...settings.read(), answer: /** @type {Answer | null} */ (null), basis: /** @type {string[]} */ ([]), html: "", problem: "" },
  pageLifetimes: {
    show() {
      this.setData(settings.read());
    },
  },
  methods: {
    /** @param {Record<string, string | undefined>} query */
    async onLoad({ id = "" }) {
      try {
        const answer = await (await open()).answer(id);
        this.setData(answer === null ? { problem: "没有这条答案，可能已经更新，请回去重新查" } : { answer, html: forRichText(answer.html), basis: answer.basis.map(({ text }) => text), problem: "" });
      } catch (error) {
        this.setData({ problem: /** @type {Error} */ (error).message });
      }
    },
    onCopy() {
      const { answer, basis } = this.data;
      if (answer === null) return;
      const lines = [answer.title, answer.text, basis.length > 0 ? `依据：${basis.join("；")}` : ""].filter((line) => line !== "");
      wx.setClipboardData({ data: lines.join("\n\n") });
    },
    onCall() {
      const phoneNumber = this.data.answer?.hotline;
      if (phoneNumber) wx.makePhoneCall({ phoneNumber, fail() {} });
    },
    /** @param {WechatMiniprogram.BaseEvent} event */
    onRelated({ currentTarget }) {
      wx.navigateTo({ url: `/pages/answer/index?id=${currentTarget.dataset.id}` });
    },
    onShareAppMessage() {
      const { answer } = this.data;
      return { title: answer?.title ?? "社答", path: `/pages/answer/index?id=${answer?.id ?? ""}` };
    },
  },
});
