/** Which library may use which others. A new arrow is a decision: give it a line in docs/decisions. */
const LIBRARIES = {
  kernel: [],
  http: ['kernel'],
  inspection: ['kernel', 'database'],
  database: ['kernel'],
  outbound: [],
  gitlab: ['kernel', 'outbound'],
  'fake-gitlab': ['kernel', 'gitlab'],
  audit: ['kernel', 'http', 'database'],
  retention: ['kernel', 'database'],
  credentials: ['kernel', 'http', 'database', 'audit', 'gitlab'],
  'project-config': ['kernel', 'http', 'database', 'audit', 'gitlab', 'credentials'],
  'context-store': ['kernel', 'http', 'database', 'audit', 'inspection'],
  'sync-engine': [
    'kernel',
    'http',
    'database',
    'audit',
    'gitlab',
    'inspection',
    'credentials',
    'project-config',
    'context-store',
  ],
  webhooks: ['kernel', 'http', 'database', 'audit', 'gitlab', 'credentials', 'project-config', 'sync-engine'],
  notifications: ['kernel', 'http', 'database', 'audit', 'outbound', 'credentials', 'sync-engine'],
};
/** The library that composes the others; only it mounts their controllers. */
const COMPOSITION = 'gitlab-sync';
LIBRARIES[COMPOSITION] = Object.keys(LIBRARIES).filter((library) => library !== 'fake-gitlab');

const APPS = {
  server: ['gitlab-sync'],
  'fake-gitlab': ['kernel', 'http', 'database', 'fake-gitlab', 'gitlab-sync'],
};

/** The libraries with layers inside. */
const MODULES = [
  'audit',
  'retention',
  'inspection',
  'credentials',
  'project-config',
  'context-store',
  'sync-engine',
  'webhooks',
  'notifications',
];

/** Which layer may use which others of its module; and the libraries that only some layers need. */
const LAYERS = {
  domain: { uses: [], never: ['database', 'http'] },
  application: { uses: ['domain'], never: ['database', 'http'] },
  infrastructure: { uses: ['application', 'domain'], never: ['http'] },
  http: { uses: ['application', 'domain'], never: ['database'] },
  jobs: { uses: ['application', 'domain'], never: ['database', 'http'] },
};

/** Packages of the outside world, which the inner layers do not know. */
const OUTSIDE = ['@nestjs/!(common)', 'axios', 'bull', 'express', 'ioredis', 'nodemailer', 'pg', 'typeorm'];

/** Parts that a library shows to the others: all of it, or only the part that needs neither Nest nor a database. */
const FACES = ['face', 'core-face'];

const library = (module, categories) => ({
  element: { type: 'library', captured: { module } },
  ...file(categories),
});
const file = (categories) => (categories ? { file: { categories } } : {});
const from = (...categories) => ({ from: file(categories) });
const packages = { module: { origin: ['external', 'core'] } };
const tests = { element: { type: 'test' } };
/** Only tests, and code made for tests, may play GitLab. */
const fakeGitLab = library('fake-gitlab', 'face');

/** The last policy that fits decides; what none allows is refused. */
function refuseAllBut(files, policies) {
  const options = {
    default: 'disallow',
    checkAllOrigins: true,
    checkInternals: true,
    checkUnknownLocals: true,
  };
  return { files, rules: { 'boundaries/dependencies': ['error', { ...options, policies }] } };
}

function ofLibrary(module) {
  const own = library(module);
  const targets = LIBRARIES[module];
  return refuseAllBut(
    [`libs/${module}/**/*.ts`],
    [
      { allow: { to: [packages, own, ...targets.map((target) => library(target, FACES))] } },
      {
        ...from('testing'),
        allow: { to: [fakeGitLab, ...[module, ...targets].map((target) => library(target, 'testing'))] },
      },
      ...(module === COMPOSITION
        ? [{ allow: { to: targets.map((target) => library(target, 'http-face')) } }]
        : []),
      ...(MODULES.includes(module) ? ofLayers(module) : []),
      {
        ...from('pg'),
        disallow: { to: { module: { origin: 'external', source: ['typeorm', '@nestjs/typeorm'] } } },
      },
      {
        ...from('spec'),
        allow: {
          to: [
            packages,
            own,
            tests,
            fakeGitLab,
            ...targets.map((target) => library(target, [...FACES, 'testing'])),
          ],
        },
      },
    ],
  );
}

function ofLayers(module) {
  const modulesBelow = LIBRARIES[module].filter((target) => target !== 'kernel');
  return [
    ...Object.entries(LAYERS).map(([layer, { uses, never }]) => {
      const open = [layer, ...uses];
      const closed = ['face', ...Object.keys(LAYERS)].filter((category) => !open.includes(category));
      return {
        ...from(layer),
        disallow: { to: [library(module, closed), ...never.map((target) => library(target))] },
      };
    }),
    {
      ...from('domain', 'application'),
      disallow: { to: { module: { origin: 'external', source: OUTSIDE } } },
    },
    {
      ...from('domain'),
      disallow: {
        to: [{ module: { origin: 'external' } }, { module: { origin: 'core', source: '!(node:crypto)' } }],
      },
    },
    {
      ...from('domain'),
      disallow: { to: modulesBelow.map((target) => library(target)), dependency: { kind: 'value' } },
    },
  ];
}

function ofApp(app) {
  const own = { element: { type: 'app', captured: { app } } };
  const entries = ['face', 'http-face', 'metrics-face'];
  const faces = APPS[app].map((target) => library(target, target === COMPOSITION ? entries : 'face'));
  return refuseAllBut([`apps/${app}/**/*.ts`], [{ allow: { to: [packages, own, ...faces] } }]);
}

/** The settings page runs in a browser, and knows only the types of the contract: only its specs know Node. */
const ofPanel = refuseAllBut(
  ['apps/panel/**/*.{ts,tsx}'],
  [
    {
      allow: {
        to: [
          { module: { origin: 'external' } },
          { element: { type: 'app', captured: { app: 'panel' } } },
          library(COMPOSITION, 'contract-types'),
        ],
      },
    },
    { ...from('spec'), allow: { to: { module: { origin: 'core' } } } },
  ],
);

const ofTests = refuseAllBut(
  ['test/**/*.ts'],
  [
    {
      allow: {
        to: [
          packages,
          tests,
          { element: { type: 'app' } },
          { element: { type: 'library' }, ...file([...FACES, 'testing']) },
        ],
      },
    },
  ],
);

const elements = {
  files: ['**/*.{ts,tsx}'],
  settings: {
    'boundaries/elements': [
      { type: 'library', pattern: 'libs/*', capture: ['module'] },
      { type: 'app', pattern: 'apps/*', capture: ['app'] },
      { type: 'test', pattern: 'test' },
    ],
    'boundaries/files': [
      { category: 'face', pattern: 'libs/*/src/{index,cli/index,client/index}.ts' },
      { category: 'core-face', pattern: 'libs/*/src/core/index.ts' },
      { category: 'http-face', pattern: 'libs/*/src/http/index.ts' },
      { category: 'metrics-face', pattern: 'libs/gitlab-sync/src/metrics/index.ts' },
      { category: 'contract-types', pattern: 'libs/gitlab-sync/src/client/api-types.ts' },
      { category: 'testing', pattern: 'libs/*/testing/**' },
      { category: 'spec', pattern: '**/*.spec.ts' },
      { category: 'pg', pattern: 'libs/database/src/pg/**' },
      ...Object.keys(LAYERS).map((layer) => ({
        category: layer,
        pattern: `libs/{${MODULES}}/src/${layer}/**`,
      })),
    ],
  },
};

export const arrows = [
  elements,
  ...Object.keys(LIBRARIES).map(ofLibrary),
  ...Object.keys(APPS).map(ofApp),
  ofPanel,
  ofTests,
];
