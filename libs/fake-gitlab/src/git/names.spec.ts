import { bytesOf, nameFrom, shownAs } from './names';

describe('names in a tree', () => {
  const latin1 = Buffer.from('caf\xe9.md', 'latin1');

  it.each([
    ['notes/café 💀.md', Buffer.from('notes/café 💀.md')],
    ['caf\udce9.md', latin1],
  ])('%j are the bytes they were', (name, bytes) => {
    expect(nameFrom(bytes)).toBe(name);
    expect(bytesOf(name)).toEqual(bytes);
  });

  it('lose in JSON the bytes that are no UTF-8', () => {
    expect(shownAs(nameFrom(latin1))).toBe('caf.md');
    expect(shownAs('notes/café 💀.md')).toBe('notes/café 💀.md');
  });
});
