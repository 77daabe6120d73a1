/** The worker's side of the author: calls answered in the order in which they came. */

import { toShedaError } from "../engine.js";
import { LocalAuthor } from "./local.js";
import type { AuthorReply, AuthorRequest } from "./protocol.js";
import type { BuildOptions, Progress, SourceFile } from "./types.js";

interface Scope {
  onmessage: ((event: MessageEvent<AuthorRequest>) => void) | null;
  postMessage(reply: AuthorReply, transfer?: Transferable[]): void;
}

const scope = globalThis as unknown as Scope;
let author: LocalAuthor | null = null;
let last: Promise<unknown> = Promise.resolve();

scope.onmessage = ({ data }) => {
  last = last.then(() => answer(data)).then(
    (result) => scope.postMessage({ id: data.id, result }),
    (thrown: unknown) => {
      const { code, message } = toShedaError(thrown);
      scope.postMessage({ id: data.id, error: { code, message } });
    },
  );
};

async function answer({ id, method, args }: AuthorRequest): Promise<unknown> {
  if (method === "open") {
    author = new LocalAuthor(args[0] as WebAssembly.Module);
    return null;
  }
  if (author === null) throw new Error(`${method} 先于 open`);
  const onProgress = (progress: Progress) => scope.postMessage({ id, progress });
  switch (method) {
    case "build":
      return author.build(args[0] as SourceFile[], { ...(args[1] as BuildOptions), onProgress });
    case "compare":
      return author.compare(args[0] as Uint8Array, args[1] as Uint8Array);
    case "effect":
      return author.effect(args[0] as Uint8Array, args[1] as Uint8Array, args[2] as string, { onProgress });
  }
}
