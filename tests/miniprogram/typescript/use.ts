// Compiled, never run: the package as a TypeScript mini-program sees it, with WeChat's typings and without the Web's.

import { configure, forRichText, open, ShedaError, updatePack, type Answer, type CheckReport, type Manifest, type OpenOptions, type Sheda } from "sheda";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const pinned = <_ extends true>(): void => {};

pinned<Same<ReturnType<typeof open>, Promise<Sheda>>>();
pinned<Same<Awaited<ReturnType<typeof updatePack>>, Manifest | null>>();
pinned<Same<keyof OpenOptions, "wasm" | "pack" | "trust" | "store" | "timeout" | "onRollback">>();

configure({ store: "national", trust: ["00"] });
Page({
  async onLoad() {
    try {
      const sheda = await open({ wasm: "/miniprogram_npm/sheda/sheda.wasm.br", pack: "/miniprogram_npm/sheda/national.sheda.br" });
      const answer: Answer | null = await sheda.answer((await sheda.search("失业金")).hits[0]?.id ?? "");
      const report: CheckReport = await sheda.check({ reply: "您好！" });
      this.setData({ html: forRichText(answer?.html ?? ""), canSubmit: report.canSubmit });
      await updatePack({ url: "https://example.cn/national.sheda", store: "national", trust: ["00"] });
    } catch (error) {
      if (error instanceof ShedaError && error.code === "unsupported") wx.showModal({ content: error.message });
    }
  },
});

// What phones lack must not be there to be used by mistake.
// @ts-expect-error
pinned<Same<typeof TextDecoder, never>>();
// @ts-expect-error
pinned<Same<typeof fetch, never>>();
// @ts-expect-error
pinned<Same<typeof WebAssembly, never>>();
