const { default: Sequencer } = require('@jest/test-sequencer');

/** Specs that start processes or try thousands of cases take longest: they run first, so that the end does not wait for them. */
const FIRST = [
  /\/test\/(hosts|simulation)\//,
  /\/test\/(browser|kill)\//,
  /\/test\/e2e\//,
  /\/fake-gitlab\/src\/git\//,
  /\/test\//,
];

const rank = ({ path }) => FIRST.findIndex((place) => place.test(path)) >>> 0;

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((a, b) => rank(a) - rank(b));
  }
};
