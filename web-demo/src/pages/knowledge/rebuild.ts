// One rebuilding at a time, from what was given to a pack that can be used. What was found stays while other pages are opened.

import { type Author, type Comparison, type Effect, openAuthor, type Problem, type Progress, type SourceFile, type Stage } from "sheda/author";
import type { Manifest } from "sheda/worker";
import { shallowRef } from "vue";

import { packInUse } from "../../offline/local";
import type { Intake } from "./intake/protocol";
import { NATIONAL_FOLDER, nationalQuestions, nationalSources } from "./sources";

/** Added to the national knowledge, or standing alone. */
export type Mode = "overlay" | "alone";

/** A pack that was built, and what it changes. */
export interface Built {
  pack: Uint8Array<ArrayBuffer>;
  manifest: Manifest;
  /** What the person may want to know of the files. */
  notices: string[];
  comparison: Comparison;
  effect: Effect;
  /** How long building took, in ms. */
  took: number;
}

/** How far it has come. */
export type Rebuild =
  | { step: "idle" }
  | { step: "working"; title: string; done: number; of: number }
  | { step: "refused"; message: string }
  | { step: "problems"; problems: Problem[]; files: SourceFile[] }
  | { step: "built"; built: Built };

export const rebuild = shallowRef<Rebuild>({ step: "idle" });

const STAGES: Record<Stage, string> = {
  answers: "正在读答案",
  rules: "正在读规则",
  words: "正在挑选词语",
  index: "正在建索引",
  examples: "正在试每条规则的例子",
  questions: "正在用金标准问题比较",
};

let author: Author | null = null;
/** The latest run; what an earlier one still says is not heard. */
let run = 0;

/** Ends what is under way. Nothing was changed by it. */
export function cancel(): void {
  run += 1;
  void author?.close();
  author = null;
  rebuild.value = { step: "idle" };
}

/** Checks and builds what was given, and compares it with the pack in use. */
export async function start(given: Promise<Intake>, mode: Mode): Promise<void> {
  // Whatever comes of it, it is waited for below.
  given.catch(() => {});
  cancel();
  const own = ++run;
  const show = (state: Rebuild) => {
    if (own === run) rebuild.value = state;
  };
  const working = (title: string, done = 0, of = 0) => show({ step: "working", title, done, of });
  try {
    working("正在读文件");
    const intake = await given;
    working(mode === "overlay" ? "正在取全国知识库和生成程序" : "正在取生成程序");
    const [opened, national, questions] = await Promise.all([openAuthor(), mode === "overlay" ? nationalSources() : null, questionsFor(intake, mode)]);
    if (own !== run) return void opened.close();
    author = opened;
    const onProgress = ({ stage, done, of }: Progress) => working(STAGES[stage], done, of);
    const started = performance.now();
    const { folder, files } = renamed(intake);
    const all = [...(national?.files ?? []), ...files];
    const { pack, manifest, problems } = await opened.build(all, { folders: national ? [NATIONAL_FOLDER, folder] : [folder], onProgress });
    const took = performance.now() - started;
    if (!pack || !manifest) return show({ step: "problems", problems, files: all });
    working("正在与现在用的知识包比较");
    const before = await packInUse();
    const comparison = await opened.compare(before, pack);
    const effect = await opened.effect(before, pack, questions, { onProgress });
    const bytes = pack as Uint8Array<ArrayBuffer>;
    show({ step: "built", built: { pack: bytes, manifest, notices: noticesOf(intake, mode), comparison, effect, took } });
  } catch (error) {
    show({ step: "refused", message: error instanceof Error ? error.message : String(error) });
  } finally {
    if (own === run) {
      void author?.close();
      author = null;
    }
  }
}

/** A person's folder may be called as ours is. */
function renamed({ folder, files }: Intake): { folder: string; files: SourceFile[] } {
  if (folder !== NATIONAL_FOLDER) return { folder, files };
  const other = `${folder}（我的）`;
  return { folder: other, files: files.map(([path, bytes]) => [other + path.slice(folder.length), bytes]) };
}

const named = (name: string) => ([path]: SourceFile) => path.endsWith(`/${name}`);

/** The person's own questions beside the national ones; alone instead of them. */
async function questionsFor({ files }: Intake, mode: Mode): Promise<string> {
  const own = files.filter(named("questions.jsonl")).map(([, bytes]) => new TextDecoder().decode(bytes));
  if (mode === "alone" && own.length > 0) return own.join("\n");
  return [await nationalQuestions(), ...own].join("\n");
}

function noticesOf({ files, passedOver }: Intake, mode: Mode): string[] {
  const notices = [];
  if (!files.some(named("pack.toml"))) {
    notices.push(mode === "overlay" ? "文件夹里没有 pack.toml，名称和版本沿用全国知识库的。" : "文件夹里没有 pack.toml，知识包没有名称和版本。");
  }
  if (passedOver > 0) notices.push(`另有 ${passedOver} 个文件不是知识文件（.md、.toml），没有用到。`);
  return notices;
}
