// 我的地区: where the user is, large text, and what edition of the knowledge this is.

const { open } = require("sheda");
const settings = require("../../settings.js");

const COUNTRY = 100000;

Component({
  options: { addGlobalClass: true },
  data: {
    ...settings.read(),
    regions: /** @type {{ code: number, name: string, own: boolean }[]} */ ([]),
    about: "",
    problem: "",
  },
  lifetimes: {
    async attached() {
      try {
        const sheda = await open();
        const [{ regions }, { title, version, counts, reviewed, regions: own }] = await Promise.all([sheda.directory(), sheda.manifest()]);
        // Regions with answers of their own come first: there the choice changes most.
        const shown = regions.filter(({ code }) => code !== COUNTRY).map(({ code, name }) => ({ code, name, own: own.includes(code) }));
        shown.sort((a, b) => Number(b.own) - Number(a.own));
        const checked = reviewed.length > 0 ? `，最近核对 ${reviewed[reviewed.length - 1]}` : "";
        this.setData({
          regions: [{ code: 0, name: "全国", own: false }, ...shown],
          about: `${title} ${version}：${counts.answers} 条答案，${counts.rules} 条规则${checked}`,
          problem: "",
        });
      } catch (error) {
        this.setData({ problem: /** @type {Error} */ (error).message });
      }
    },
  },
  methods: {
    /** @param {WechatMiniprogram.BaseEvent} event */
    onRegion({ currentTarget }) {
      const { code, name } = currentTarget.dataset;
      this.setData(settings.change({ region: code, regionName: name }));
    },
    /** @param {WechatMiniprogram.CustomEvent<{ value: boolean }>} event */
    onLarge({ detail }) {
      this.setData(settings.change({ large: detail.value }));
    },
  },
});
