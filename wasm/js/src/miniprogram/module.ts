/** The module from the code package, by the host's WebAssembly. */

import { ShedaError } from "../error.js";
import type { Instantiate } from "../instance.js";
import { assembly, failed, within } from "./host.js";

/** Instantiates the module that lies at this path of the code package; a refused module may otherwise take minutes to say so. */
export function fromPackage(path: string, limit: number): Instantiate {
  return async (imports) => {
    const host = assembly();
    const begun = new Promise<object>((resolve, reject) => {
      host.instantiate(path, functionsOf(imports)).then((made) => {
        // The typings of WeChat promise an instance, phones give { instance, module }.
        const { exports } = made.instance ?? made;
        if (exports) resolve(exports);
        else reject(new ShedaError("load", `引擎模块没有启动：${path}（宿主没有给出 exports）`));
      }, reject);
    });
    try {
      return await within(limit, begun, "引擎模块启动");
    } catch (cause) {
      throw failed(`引擎模块打不开：${path}，请确认它在代码包里`, cause);
    }
  };
}

/** Only the functions that the module may import: hosts need not cope with the glue's class. */
function functionsOf(imports: Record<string, object>): Record<string, object> {
  const plain: Record<string, Record<string, unknown>> = {};
  for (const [module, glue] of Object.entries(imports)) {
    const functions: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(glue)) {
      if (name.startsWith("__wb")) functions[name] = value;
    }
    plain[module] = functions;
  }
  return plain;
}
