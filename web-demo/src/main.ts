// Starts the workbench.

import "tdesign-vue-next/es/style/index.css";
import "./styles/tokens.css";
import "./styles/base.css";

import { createApp } from "vue";

import App from "./App.vue";
import { startEngine } from "./engine/engine";
import { keepPage, lookForPack } from "./offline/offer";
import { router } from "./pages";
import { applySettings } from "./settings";

applySettings();
createApp(App).use(router).mount("#app");

// On a slow line the pack would take its bandwidth from what is to be seen first: the page is painted, then the pack is fetched.
await router.isReady();
await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)));
await startEngine();
await Promise.all([lookForPack(), keepPage()]);
