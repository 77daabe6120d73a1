// What the user chose, kept on the device: the region and large text.

const KEY = "sheda-settings";

/** @typedef {{ region: number, regionName: string, large: boolean }} Settings */

/** @type {Settings} */
const DEFAULTS = { region: 0, regionName: "全国", large: false };

/** @returns {Settings} */
function read() {
  try {
    return { ...DEFAULTS, ...wx.getStorageSync(KEY) };
  } catch {
    return DEFAULTS;
  }
}

/**
 * @param {Partial<Settings>} changed
 * @returns {Settings}
 */
function change(changed) {
  const settings = { ...read(), ...changed };
  try {
    wx.setStorageSync(KEY, settings);
  } catch {
    // A full device forgets the choice at the next start; until then it holds.
  }
  return settings;
}

module.exports = { read, change };
