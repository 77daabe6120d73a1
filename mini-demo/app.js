// The app: gets the engine going, so that the first question need not wait for it.

const { open } = require("sheda");

App({
  onLaunch() {
    // Whoever asks first will be told what is wrong.
    open().catch(() => {});
  },
});
