import { withTrailers } from './trailers';

describe('withTrailers', () => {
  it.each<[string, string, string]>([
    ['appends the trailers', 'Explain churn', 'Explain churn\n\nDot-Change-Id: 7\nDot-Source: agent'],
    [
      'quotes lines that pose as ours',
      'x\ndot-change-id: 9',
      'x\n> dot-change-id: 9\n\nDot-Change-Id: 7\nDot-Source: agent',
    ],
    ['never leaves the message empty', '  ', 'Update context files\n\nDot-Change-Id: 7\nDot-Source: agent'],
  ])('%s', (_, message, expected) => {
    expect(withTrailers(message, '7', 'agent')).toBe(expected);
  });
});
