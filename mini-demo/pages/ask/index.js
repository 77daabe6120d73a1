// 查答: ask in one's own words.

const settings = require("../../settings.js");

const OFTEN = ["失业金能领几个月", "退休年龄是多少", "养老金要交满多少年", "异地就医怎么备案", "工伤认定要什么材料", "社保卡丢了怎么办"];
const RECENT = "sheda-recent";

Component({
  options: { addGlobalClass: true },
  data: { ...settings.read(), often: OFTEN, recent: /** @type {string[]} */ ([]), question: "", asked: false },
  pageLifetimes: {
    show() {
      this.setData({ ...settings.read(), recent: wx.getStorageSync(RECENT) || [] });
    },
  },
  methods: {
    /** @param {WechatMiniprogram.BaseEvent} event */
    onAsk({ currentTarget }) {
      // The same question twice is no change to the box.
      this.setData({ question: "" });
      this.setData({ question: currentTarget.dataset.question, asked: true });
    },
    /** @param {WechatMiniprogram.CustomEvent<{ question: string }>} event */
    onSearch({ detail }) {
      const recent = [detail.question, ...this.data.recent.filter((known) => known !== detail.question)].slice(0, 6);
      wx.setStorageSync(RECENT, recent);
      this.setData({ recent, asked: true });
    },
    onClear() {
      this.setData({ question: "", asked: false });
    },
    /** @param {WechatMiniprogram.CustomEvent<{ id: string }>} event */
    onChoose({ detail }) {
      wx.navigateTo({ url: `/pages/answer/index?id=${detail.id}` });
    },
    /** @param {WechatMiniprogram.CustomEvent<{ hotline: string }>} event */
    onCall({ detail }) {
      if (detail.hotline) wx.makePhoneCall({ phoneNumber: detail.hotline, fail() {} });
    },
    onForget() {
      wx.removeStorageSync(RECENT);
      this.setData({ recent: [] });
    },
  },
});
