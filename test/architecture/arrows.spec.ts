import { execFileSync } from 'node:child_process';

const ARROW = 'boundaries/dependencies';

/** Lines that must be refused: each with the file that would hold it and the rule that refuses it. */
const violations: [what: string, file: string, code: string, rule: string][] = [
  ['a module above', 'libs/credentials/src/application/x.ts', "import '@app/sync-engine';", ARROW],
  ['a module beside', 'libs/context-store/src/application/x.ts', "import '@app/credentials';", ARROW],
  ['a module from the port to GitLab', 'libs/gitlab/src/http/x.ts', "import '@app/credentials';", ARROW],
  ['anything from the kernel', 'libs/kernel/src/x.ts', "import '@app/http';", ARROW],
  [
    'the composition from a module',
    'libs/webhooks/src/webhooks.module.ts',
    "import '@app/gitlab-sync';",
    ARROW,
  ],
  ['an app from a library', 'libs/gitlab-sync/src/x.ts', "import '../../../apps/server/src/server';", ARROW],
  ['a library from the settings page', 'apps/panel/src/x.ts', "import '@app/kernel';", ARROW],
  [
    'a test from the settings page',
    'apps/panel/src/views/x.tsx',
    "import '../../../../test/support/api';",
    ARROW,
  ],
  ['Node from the settings page', 'apps/panel/src/x.ts', "import 'node:fs';", ARROW],
  ['an app from another', 'apps/server/src/x.ts', "import '../../fake-gitlab/src/main';", ARROW],
  ['a module from an app', 'apps/server/src/x.ts', "import '@app/credentials';", ARROW],
  ['the kernel from the server', 'apps/server/src/x.ts', "import '@app/kernel';", ARROW],
  ['the database from the server', 'apps/server/src/x.ts', "import '@app/database';", ARROW],
  [
    'the inside of a module',
    'libs/sync-engine/src/application/x.ts',
    "import '../../../credentials/src/application/connect';",
    ARROW,
  ],
  [
    'the inside of a module from a test',
    'test/e2e/x.spec.ts',
    "import '../../libs/credentials/src/application/connect';",
    ARROW,
  ],
  [
    'the inside of a module from a spec',
    'libs/sync-engine/src/application/x.spec.ts',
    "import '../../../credentials/src/application/connect';",
    ARROW,
  ],
  [
    'fakes from production code',
    'libs/credentials/src/application/x.ts',
    "import '@app/fake-gitlab';",
    ARROW,
  ],
  ['fakes from the server', 'apps/server/src/x.ts', "import '@app/fake-gitlab';", ARROW],
  [
    'tests from production code',
    'libs/credentials/src/application/x.ts',
    "import '../../../../test/support/database';",
    ARROW,
  ],
  [
    'the application from the domain',
    'libs/credentials/src/domain/x.ts',
    "import '../application/connect';",
    ARROW,
  ],
  [
    'the infrastructure from the application',
    'libs/credentials/src/application/x.ts',
    "import '../infrastructure/key-ring';",
    ARROW,
  ],
  [
    'the http layer from the application',
    'libs/credentials/src/application/x.ts',
    "import '../http/connection.dto';",
    ARROW,
  ],
  [
    'the http layer from the infrastructure',
    'libs/credentials/src/infrastructure/x.ts',
    "import '../http/connection.dto';",
    ARROW,
  ],
  [
    'the infrastructure from the http layer',
    'libs/credentials/src/http/x.ts',
    "import '../infrastructure/key-ring';",
    ARROW,
  ],
  ['the own face from a layer', 'libs/credentials/src/application/x.ts', "import '../index';", ARROW],
  [
    'the database from the application',
    'libs/credentials/src/application/x.ts',
    "import '@app/database';",
    ARROW,
  ],
  ['the database from the http layer', 'libs/credentials/src/http/x.ts', "import '@app/database';", ARROW],
  [
    'another module, to run it, from the domain',
    'libs/sync-engine/src/domain/x.ts',
    "import { GitLab } from '@app/gitlab';\nnew GitLab();",
    ARROW,
  ],
  ['a framework from the domain', 'libs/sync-engine/src/domain/x.ts', "import '@nestjs/common';", ARROW],
  ['the disk from the domain', 'libs/sync-engine/src/domain/x.ts', "import 'node:fs';", ARROW],
  ['TypeORM from the application', 'libs/credentials/src/application/x.ts', "import 'typeorm';", ARROW],
  ['TypeORM from the door to pg', 'libs/database/src/pg/x.ts', "import 'typeorm';", ARROW],
  ['HTTP requests from the application', 'libs/credentials/src/application/x.ts', "import 'axios';", ARROW],
  [
    'the environment outside env.ts',
    'libs/credentials/src/application/x.ts',
    'console.log(process.env.HOME);',
    'no-restricted-properties',
  ],
  ['a default export', 'libs/kernel/src/x.ts', 'export default 1;', 'no-restricted-syntax'],
];

/** Lines that must pass: a rule that refuses everything would pass the table above. */
const permitted: [what: string, file: string, code: string][] = [
  ['the module below', 'libs/sync-engine/src/application/x.ts', "import '@app/credentials';"],
  [
    'the domain from the application',
    'libs/credentials/src/application/x.ts',
    "import '../domain/connection';",
  ],
  [
    'the application from the http layer',
    'libs/credentials/src/http/x.ts',
    "import '../application/connect';",
  ],
  [
    'the database from the infrastructure',
    'libs/credentials/src/infrastructure/x.ts',
    "import '@app/database';",
  ],
  [
    'types of a module below from the domain',
    'libs/sync-engine/src/domain/x.ts',
    "import type { Repo } from '@app/gitlab';\nexport type X = Repo;",
  ],
  ['hashes from the domain', 'libs/sync-engine/src/domain/x.ts', "import 'node:crypto';"],
  ['fakes from a spec', 'libs/credentials/src/application/x.spec.ts', "import '@app/fake-gitlab';"],
  ['fakes from the fake GitLab', 'apps/fake-gitlab/src/x.ts', "import '@app/fake-gitlab';"],
  ['every layer from the module file', 'libs/credentials/src/x.module.ts', "import './http/connection.dto';"],
  ['all modules from the composition', 'libs/gitlab-sync/src/x.ts', "import '@app/credentials';"],
  [
    'its own files, packages and the types of the contract from the settings page',
    'apps/panel/src/views/x.tsx',
    "import '../../../../libs/gitlab-sync/src/client/api-types';\nimport '../contract';\nimport 'preact';",
  ],
  ['the disk from a spec of the settings page', 'apps/panel/src/x.spec.ts', "import 'node:fs';"],
  [
    'the package from the server',
    'apps/server/src/x.ts',
    "import '@app/gitlab-sync';\nimport '@app/gitlab-sync/http';",
  ],
  ['an app from a test', 'test/e2e/x.spec.ts', "import '../../apps/server/src/server';"],
];

describe('the arrows', () => {
  let findings: string[][];
  beforeAll(() => {
    const planted = [...violations, ...permitted].map(([, file, code]) => ({ file, code }));
    const input = JSON.stringify(planted);
    findings = JSON.parse(
      execFileSync(process.execPath, ['test/architecture/lint-planted.mjs'], { input }).toString(),
    );
  });

  it.each(violations.map((violation, i) => [i, ...violation] as const))(
    '%i refuse %s',
    (i, _what, _file, _code, rule) => {
      expect(findings[i]).toContain(rule);
    },
  );

  it.each(permitted.map((line, i) => [i, ...line] as const))('%i let pass %s', (i) => {
    expect(findings[violations.length + i]).toEqual([]);
  });
});
