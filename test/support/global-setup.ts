import { TestCluster } from './cluster';

export default async function openTestCluster(): Promise<void> {
  const cluster = await TestCluster.open();
  process.env.TEST_CLUSTER_PORT = String(cluster.port);
  Object.assign(globalThis, { closeTestCluster: () => cluster.close() });
}
