export { clockContract } from './clock.contract';
export { globalRunner } from './contract-runner';
export type { ContractRunner, Expectation, Matchers } from './contract-runner';
