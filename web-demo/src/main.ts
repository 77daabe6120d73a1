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
void startEngine().then(() => Promise.all([lookForPack(), keepPage()]));
