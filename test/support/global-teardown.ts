export default async function closeTestCluster(): Promise<void> {
  await (globalThis as { closeTestCluster?: () => Promise<void> }).closeTestCluster?.();
}
