const { execFileSync } = require('node:child_process');
const { existsSync, readdirSync, statSync } = require('node:fs');
const { join } = require('node:path');

const SOURCES = join(__dirname, '../../apps/panel');
const BUILT = join(__dirname, '../../dist/panel/panel.js');

/** Builds the settings page that browser specs open, unless it is newer than its sources. */
module.exports = function builtPanel() {
  const changedAt = readdirSync(SOURCES, { recursive: true }).map(
    (file) => statSync(join(SOURCES, file)).mtimeMs,
  );
  if (existsSync(BUILT) && statSync(BUILT).mtimeMs > Math.max(...changedAt)) return;
  execFileSync(process.execPath, [join(SOURCES, 'build.mjs')], { stdio: ['ignore', 'ignore', 'inherit'] });
};
