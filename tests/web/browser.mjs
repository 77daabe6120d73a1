// Chromium for tests, and a page that keeps what it complains of.

import { existsSync } from "node:fs";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Starts Chromium by the caller's playwright: `CHROME_PATH`, else where systems put it. */
export function launch(chromium) {
  const executablePath = process.env.CHROME_PATH ?? PLACES.find((place) => existsSync(place));
  if (!executablePath) throw new Error("没有 Chromium：请安装，或用 CHROME_PATH 指明程序");
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
}

/**
 * A page with `complaints` (console messages of any kind, uncaught errors, failed requests, answers other than 2xx) and
 * `requests` (every URL asked for).
 */
export async function openPage(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "zh-CN", ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const complaints = [];
  const requests = [];
  page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("requestfailed", (request) => {
    // A page that is left or reloaded gives up what it had asked for.
    if (request.failure()?.errorText !== "net::ERR_ABORTED") complaints.push(`failed: ${request.url()}`);
  });
  page.on("response", (response) => response.ok() || complaints.push(`${response.status()}: ${response.url()}`));
  page.on("request", (request) => requests.push(request.url()));
  return { page, complaints, requests, close: () => context.close() };
}
