module.exports = async function closeTestCluster() {
  await globalThis.closeTestCluster?.();
};
