// The pages of the workbench. A page is added here and appears in the navigation; addresses carry ids, never a citizen's words.

import type { Component } from "vue";
import { createRouter, createWebHashHistory, type RouteRecordRaw } from "vue-router";

/** An entry of the navigation. */
export interface Page {
  name: string;
  title: string;
  /** Address; parameters are optional. */
  path: string;
  component: () => Promise<Component>;
}

export const pages: Page[] = [
  { name: "ask", title: "查答", path: "/ask/:id?", component: () => import("./pages/ask/AskPage.vue") },
  { name: "reply", title: "拟复", path: "/reply", component: () => import("./pages/reply/ReplyPage.vue") },
  { name: "ledger", title: "台账", path: "/ledger", component: () => import("./pages/ledger/LedgerPage.vue") },
  { name: "report", title: "监督评价", path: "/report", component: () => import("./pages/report/ReportPage.vue") },
  { name: "norms", title: "规范", path: "/norms/:part(rules|flows|inspections|terms)?/:id?", component: () => import("./pages/norms/NormsPage.vue") },
  { name: "knowledge", title: "知识维护", path: "/knowledge", component: () => import("./pages/knowledge/KnowledgePage.vue") },
];

const routes: RouteRecordRaw[] = [
  ...pages.map(({ name, path, component, title }) => ({ name, path, component, meta: { title } })),
  // Findings name a rule's page like this: kb/profile.toml.
  { path: "/rules/:code", redirect: ({ params }) => ({ name: "norms", params: { part: "rules", id: params.code } }) },
  { path: "/:rest(.*)*", redirect: "/ask" },
];

// Addresses after the #: they work from any folder and need nothing of the server.
export const router = createRouter({ history: createWebHashHistory(), routes, scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 } });
