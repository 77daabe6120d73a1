// Compiled, never run: what a TypeScript program sees of the package, through its `exports`.

import { open as inPage, ShedaError, type Answer, type CheckReport, type Diagnostic, type Due, type Edit, type Hit, type Manifest, type Sheda, type ShedaErrorCode } from "sheda";
import { open as inNode } from "sheda/node";
import { openAuthor, type Author, type BuildResult, type Changed, type Entry } from "sheda/author";
import { openAuthor as authorInNode } from "sheda/author/node";
import { open as inWorker } from "sheda/worker";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const pinned = <_ extends true>(): void => {};

// One interface, three entries.
pinned<Same<typeof inPage, typeof inWorker>>();
pinned<Same<typeof inPage, typeof inNode>>();
pinned<Same<Awaited<ReturnType<typeof inPage>>, Sheda>>();
pinned<Same<keyof Sheda, "search" | "suggest" | "answer" | "check" | "checkRecord" | "applyFixes" | "report" | "due" | "rules" | "handbook" | "manifest" | "directory" | "replacePack" | "close">>();
pinned<Same<Awaited<ReturnType<Sheda["answer"]>>, Answer | null>>();
pinned<Same<Awaited<ReturnType<Sheda["replacePack"]>>, Manifest>>();
pinned<Same<Awaited<ReturnType<Sheda["check"]>>, CheckReport>>();
pinned<Same<Awaited<ReturnType<Sheda["checkRecord"]>>, CheckReport>>();
pinned<Same<Awaited<ReturnType<Sheda["applyFixes"]>>, string>>();
pinned<Same<Awaited<ReturnType<Sheda["due"]>>, Due>>();
pinned<Same<CheckReport["due"], Due | null>>();
pinned<Same<keyof Diagnostic, "code" | "name" | "family" | "severity" | "message" | "source" | "field" | "span" | "fixes" | "url">>();
pinned<Same<Diagnostic["fixes"][number]["edits"], Edit[]>>();
pinned<Same<keyof Edit, "start" | "end" | "text">>();
pinned<Same<Hit["marks"], { start: number; end: number }[]> extends boolean ? true : false>();
pinned<Same<Hit["until"], string | null>>();
pinned<Same<ShedaError["code"], ShedaErrorCode>>();

pinned<Same<typeof openAuthor, typeof authorInNode>>();
pinned<Same<keyof Author, "build" | "compare" | "effect" | "close">>();
pinned<Same<BuildResult["pack"], Uint8Array | null>>();
pinned<Same<BuildResult["manifest"], Manifest | null>>();
pinned<Same<keyof Changed, keyof Entry | "fields">>();

export async function rebuild(author: Author): Promise<void> {
  await author.build([["mine/a.md", new Uint8Array()]], { folders: ["mine"], onProgress: ({ stage, done, of }) => [stage, done, of] });
  // @ts-expect-error folders are required
  await author.build([], {});
  // @ts-expect-error a file is a path and bytes
  await author.build([["mine/a.md", "text"]], { folders: ["mine"] });
}

export async function use(sheda: Sheda): Promise<void> {
  await inPage({ pack: new URL("https://example.cn/national.sheda") });
  await inNode({ pack: "national.sheda", wasm: new Uint8Array() });
  await sheda.search("失业金", { limit: 5, region: 440000, asOf: "2026-11-23", insurance: null });
  const { diagnostics } = await sheda.check({ channel: "网络", reply: "您好！", receivedAt: "2026-11-20", record: { 序号: 1, 满意度: null } });
  await sheda.applyFixes("您好！", diagnostics, { safety: "safe" });
  await sheda.due({ workingDays: 3, receivedAt: "2026-11-20" });
  // @ts-expect-error a day of receipt is required
  await sheda.due({ workingDays: 3 });
  // @ts-expect-error a cell holds no object
  await sheda.checkRecord({ 咨询人: {} });
  // @ts-expect-error the whole may be meant
  diagnostics[0]?.span.start;
  // @ts-expect-error an option that does not exist
  await sheda.search("失业金", { limt: 5 });
  // @ts-expect-error a region is a number
  await sheda.search("失业金", { region: "440000" });
  // @ts-expect-error a pack is required
  await inPage({});
  // @ts-expect-error answer may be null
  (await sheda.answer("x")).title;
}
