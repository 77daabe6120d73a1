// What a clerk sets once on this computer: the region asked about, light or dark, larger text.

import { reactive, watch } from "vue";

import { NATIONAL } from "./engine/engine";
import { keep, kept } from "./storage";

export type Theme = "auto" | "light" | "dark";

interface Settings {
  region: number;
  theme: Theme;
  large: boolean;
}

const KEY = "settings";

export const settings = reactive<Settings>({ region: NATIONAL, theme: "auto", large: false, ...kept<Partial<Settings>>(KEY) });

const dark = matchMedia("(prefers-color-scheme: dark)");

/** Shows the settings on the page, now and whenever they change. */
export function applySettings(): void {
  const show = () => {
    const theme = settings.theme === "auto" ? (dark.matches ? "dark" : "light") : settings.theme;
    document.documentElement.setAttribute("theme-mode", theme);
    document.documentElement.toggleAttribute("data-large", settings.large);
  };
  show();
  dark.addEventListener("change", show);
  watch(settings, () => {
    show();
    keep(KEY, settings);
  });
}
