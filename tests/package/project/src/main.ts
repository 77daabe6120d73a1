import { open as openHere } from "sheda";
import { open as openInWorker, type Sheda } from "sheda/worker";
import type { open as openInNode } from "sheda/node";

export type SameInterface = typeof openInNode extends typeof openHere ? true : never;

async function answer(sheda: Sheda, id: string): Promise<void> {
  const { hits } = await sheda.search("失业金能领几个月");
  const answer = await sheda.answer(hits[0]!.id);
  document.querySelector(`#${id}`)!.textContent = `${answer?.title} ${answer?.text} ${answer?.basis.map((basis) => basis.text)}`;
}

const pack = new URL("national.sheda", document.baseURI);
await answer(await openHere({ pack }), "main");
await answer(await openInWorker({ pack }), "worker");
document.body.dataset.done = "";
