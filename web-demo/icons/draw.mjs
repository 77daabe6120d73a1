// Draws the icons that systems want as PNG from public/icon.svg: `node web-demo/icons/draw.mjs`, by the Chromium and the
// playwright-core of tests/web.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

import { launch } from "../../tests/web/browser.mjs";

const { chromium } = createRequire(new URL("../../tests/web/", import.meta.url))("playwright-core");
const folder = new URL("../public/", import.meta.url);
const sign = await readFile(new URL("icon.svg", folder), "utf8");

// Launchers cut a maskable icon to their own shape: square to the edge, the sign within the middle 80 %.
const maskable = `<div style="background:#0b6b72;padding:10%;height:100%;box-sizing:border-box">${sign}</div>`;
const ICONS = [
  { file: "icon-192.png", size: 192, drawing: sign },
  { file: "icon-512.png", size: 512, drawing: sign },
  { file: "icon-maskable-512.png", size: 512, drawing: maskable },
];

const browser = await launch(chromium);
for (const { file, size, drawing } of ICONS) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<!doctype html><style>html,body{margin:0;height:100%}svg{display:block;width:100%;height:100%}</style>${drawing}`);
  await page.screenshot({ path: fileURLToPath(new URL(file, folder)), omitBackground: true });
  await page.close();
}
await browser.close();
