// 拟复校验: a reply is checked while it is written. This demo sends nothing: what passes is copied.

const { open } = require("sheda");
const settings = require("../../settings.js");

Component({
  options: { addGlobalClass: true },
  data: { ...settings.read(), channels: /** @type {string[]} */ ([]), channel: "", question: "", reply: "", receivedAt: "", problem: "" },
  lifetimes: {
    async attached() {
      try {
        const { channels } = await (await open()).handbook();
        this.setData({ channels: channels.map(({ name }) => name), problem: "" });
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
    onChannel({ currentTarget }) {
      const { channel } = currentTarget.dataset;
      this.setData({ channel: channel === this.data.channel ? "" : channel });
    },
    /** @param {WechatMiniprogram.Input} event */
    onQuestion({ detail }) {
      this.setData({ question: detail.value });
    },
    /** @param {WechatMiniprogram.PickerChange} event */
    onReceived({ detail }) {
      this.setData({ receivedAt: String(detail.value) });
    },
    /** @param {WechatMiniprogram.CustomEvent<{ reply: string }>} event */
    onChange({ detail }) {
      this.setData({ reply: detail.reply });
    },
    /** @param {WechatMiniprogram.CustomEvent<{ reply: string }>} event */
    onSubmit({ detail }) {
      wx.setClipboardData({ data: detail.reply, success: () => void wx.showToast({ title: "答复已复制" }) });
    },
  },
});
