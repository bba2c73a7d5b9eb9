const { AsyncLocalStorage } = require('node:async_hooks');
const { TestEnvironment } = require('jest-environment-node');

/** A worker of Jest leaves Ctrl-C to the process that started it, and ends with it instead of finishing its spec. */
if (process.send) {
  const parent = process.ppid;
  process.on('SIGINT', () => undefined);
  setInterval(() => process.ppid === parent || process.exit(), 500).unref(); // to listen for 'disconnect' would keep it alive
}

/** Storages of the present spec. On Node 20 each one that is left enabled slows every later promise of the worker. */
const storages = new Set();
const { run } = AsyncLocalStorage.prototype;
AsyncLocalStorage.prototype.run = function (...args) {
  storages.add(this);
  return run.apply(this, args);
};

module.exports = class extends TestEnvironment {
  async teardown() {
    await super.teardown();
    for (const storage of storages) storage.disable();
    storages.clear();
  }
};
