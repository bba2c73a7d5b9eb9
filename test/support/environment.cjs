const { TestEnvironment } = require('jest-environment-node');

/** A worker of Jest leaves Ctrl-C to the process that started it, and ends with it instead of finishing its spec. */
if (process.send) {
  process.on('SIGINT', () => undefined);
  process.once('disconnect', () => process.exit());
}

module.exports = TestEnvironment;
