const { default: Sequencer } = require('@jest/test-sequencer');

/** What starts processes takes longest: it must not be what the end waits for. */
const FIRST = [/\/test\/(hosts|kill|simulation)\//, /\/test\/e2e\//, /\/test\//];

const rank = ({ path }) => FIRST.findIndex((place) => place.test(path)) >>> 0;

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((a, b) => rank(a) - rank(b));
  }
};
