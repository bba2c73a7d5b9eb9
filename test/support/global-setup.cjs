require('./run-typescript.cjs');
const { TestCluster } = require('./cluster.ts');
const { noteWhetherRedisAnswers } = require('./redis.ts');

module.exports = async function openTestCluster() {
  await noteWhetherRedisAnswers();
  const cluster = await TestCluster.open();
  process.env.TEST_CLUSTER_PORT = String(cluster.port);
  globalThis.closeTestCluster = () => cluster.close();
  process.once('SIGINT', () => cluster.close().finally(() => process.exit(130)));
};
