import { open } from "sheda/node";

const sheda = await open({ pack: "public/national.sheda" });
const { hits } = await sheda.search("失业金能领几个月");
console.log(hits[0].title, hits[0].basis);
await sheda.close();
