import { mailServerOf } from './smtp-url';

it.each([
  [
    'smtps://user:p%40ss@mail.example.com:465?from=dot%40example.com',
    { url: 'smtps://user:p%40ss@mail.example.com:465', from: 'dot@example.com' },
  ],
  [
    'smtp://mail.example.com?from=dot@example.com&requireTLS=true',
    { url: 'smtp://mail.example.com?requireTLS=true', from: 'dot@example.com' },
  ],
  ['smtp://dot%40example.com:pw@mail', { url: 'smtp://dot%40example.com:pw@mail', from: 'dot@example.com' }],
  ['smtp://mail.example.com', null],
  ['smtp://user@mail.example.com', null],
  ['smtp://%FF@mail.example.com', null],
  ['smtp://?from=dot@example.com', null],
  ['smtp://mail.example.com?from=dot', null],
  ['https://mail.example.com?from=dot@example.com', null],
  ['mail.example.com', null],
])('%s is read as %j', (text, server) => {
  expect(mailServerOf(text)).toEqual(server);
});
