const { TestEnvironment } = require('jest-environment-node');

/** A worker of Jest leaves Ctrl-C to the process that started it, and ends with it instead of finishing its spec. */
if (process.send) {
  const parent = process.ppid;
  process.on('SIGINT', () => undefined);
  setInterval(() => process.ppid === parent || process.exit(), 500).unref(); // to listen for 'disconnect' would keep it alive
}

module.exports = TestEnvironment;
