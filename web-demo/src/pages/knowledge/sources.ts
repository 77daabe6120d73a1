// What lies beside the page for 知识维护 (build/knowledge.ts), fetched only when it is needed.

import { unpack } from "./intake/intake";
import type { Intake } from "./intake/protocol";

const beside = (name: string) => new URL(`knowledge/${name}`, document.baseURI);

/** An example folder to begin with. */
export const exampleUrl = beside("example.zip").href;
/** The sources of the national knowledge. */
export const nationalUrl = beside("national-sources.zip").href;

/** Under this name the national files are built. */
export const NATIONAL_FOLDER = "全国知识库";

/** The files of the national knowledge. */
export async function nationalSources(): Promise<Intake> {
  const response = await fetched("national-sources.zip", "全国知识库的源文件");
  return unpack(new File([await response.blob()], `${NATIONAL_FOLDER}.zip`));
}

/** The national golden questions, as JSON Lines. */
export async function nationalQuestions(): Promise<string> {
  return (await fetched("questions.jsonl", "金标准问题")).text();
}

async function fetched(name: string, what: string): Promise<Response> {
  const response = await fetch(beside(name)).catch(() => null);
  if (response?.ok) return response;
  throw new Error(`${what}没有取到${response ? `（HTTP ${response.status}）` : ""}。这一页第一次使用要联网，用过以后断网也能用。`);
}
