require('./run-typescript.cjs');
const { isFull } = require('./brief.cjs');
const { TestCluster } = require('./cluster.ts');
const builtPanel = require('./built-panel.cjs');
const { noteWhetherRedisAnswers } = require('./redis.ts');

module.exports = async function openTestCluster() {
  if (isFull) process.env.TEST_PROOFS = 'full';
  builtPanel();
  await noteWhetherRedisAnswers();
  const cluster = await TestCluster.open();
  process.env.TEST_CLUSTER_PORT = String(cluster.port);
  globalThis.closeTestCluster = () => cluster.close();
  process.once('SIGINT', () => cluster.close().finally(() => process.exit(130)));
};
