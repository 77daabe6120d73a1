// What the pack that the page was built with says of itself: build/pack.ts.

declare module "virtual:pack" {
  export const manifest: import("sheda/worker").Manifest;
  export const directory: import("sheda/worker").Directory;
}
