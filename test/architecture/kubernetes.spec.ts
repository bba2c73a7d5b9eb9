import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { parseAllDocuments } from 'yaml';
import { readEnv, VARIABLES } from '../../apps/server/src/env';

const DIRECTORY = join(__dirname, '../../docs/operations/kubernetes');
/** The longest stop of `main.ts`, after the delay. */
const LONGEST_STOP_MS = 20_000;

interface Container {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly envFrom: readonly {
    readonly configMapRef?: { name: string };
    readonly secretRef?: { name: string };
  }[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly livenessProbe?: { readonly httpGet: object };
  readonly readinessProbe?: { readonly httpGet: object };
  readonly resources: { readonly requests: object; readonly limits: object };
  readonly securityContext: object;
}
interface Pod {
  readonly metadata: { readonly labels: Readonly<Record<string, string>> };
  readonly spec: {
    readonly containers: readonly Container[];
    readonly securityContext: object;
    readonly automountServiceAccountToken: boolean;
    readonly terminationGracePeriodSeconds?: number;
  };
}
interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly data?: Readonly<Record<string, string>>;
  // The specification depends on the kind; the schemas check it.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly spec?: any;
}

const files = readdirSync(DIRECTORY).filter((file) => file.endsWith('.yaml'));
const parseAll = (text: string) => parseAllDocuments(text).map((one) => one.toJS() as Manifest);
const manifests = files.flatMap((file) => parseAll(readFileSync(join(DIRECTORY, file), 'utf8')));
const ofKind = (kind: string) => manifests.filter((manifest) => manifest.kind === kind);
const config = ofKind('ConfigMap')[0].data!;
const pods = [...ofKind('Deployment'), ...ofKind('Job')].map(({ spec }) => spec.template as Pod);
const partOf = ({ metadata }: Pod) => metadata.labels.part;

/** Values are checked by the models; unknown and missing fields by the compiler, against the types of the same package. */
function problemsOf(given: readonly Manifest[]): string[] {
  return [...given.flatMap(invalidValues), ...unknownFields(given)];
}

function invalidValues(manifest: Manifest): string[] {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the module depends on the manifest
  const models = require(`kubernetes-models/${manifest.apiVersion}`) as Record<
    string,
    new (data: Manifest) => { validate(): void }
  >;
  try {
    new models[manifest.kind](manifest).validate();
    return [];
  } catch (error) {
    return [`${manifest.kind} ${manifest.metadata.name}: ${(error as Error).message}`];
  }
}

function unknownFields(given: readonly Manifest[]): string[] {
  const name = join(__dirname, 'manifests.ts');
  const text = given
    .map((manifest, index) => {
      const type = `import('kubernetes-models/${manifest.apiVersion}').I${manifest.kind}`;
      return `export const manifest${index}: ${type} = ${JSON.stringify(manifest, null, 1)};`;
    })
    .join('\n');
  const options: ts.CompilerOptions = {
    ...{ strict: true, noEmit: true, skipLibCheck: true, types: [] },
    ...{ module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.getSourceFile = (file, target) =>
    file === name ? ts.createSourceFile(file, text, target) : getSourceFile(file, target);
  host.fileExists = (file) => file === name || fileExists(file);
  return ts
    .getPreEmitDiagnostics(ts.createProgram([name], options, host))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

describe('The manifests for Kubernetes', () => {
  it('are valid by the schemas of Kubernetes, without an unknown field', () => {
    expect(manifests.length).toBeGreaterThan(8);
    expect(problemsOf(manifests)).toEqual([]);
  });

  it.each([
    [
      'a misspelt field',
      'terminationGracePeriodSeconds',
      'terminationGraceSeconds',
      'does not exist in type',
    ],
    [
      'a value of the wrong type',
      'failureThreshold: 30',
      'failureThreshold: often',
      'is not assignable to type',
    ],
    ['a probe without a port', 'port: http', 'scheme: HTTP', 'must have required property port'],
  ])('would not be with %s', (_, right, wrong, problem) => {
    const text = readFileSync(join(DIRECTORY, 'worker.yaml'), 'utf8');
    expect(problemsOf(parseAll(text.replaceAll(right, wrong))).join('\n')).toContain(problem);
  });

  it('give no container more than it needs', () => {
    expect(pods.map(partOf).sort()).toEqual(['migrate', 'web', 'worker']);
    for (const { spec } of pods) {
      expect(spec).toMatchObject({
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, runAsUser: 1000 },
      });
      const [container, ...others] = spec.containers;
      expect(others).toEqual([]);
      expect(container.securityContext).toEqual({
        readOnlyRootFilesystem: true,
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
      });
      expect(container.resources).toMatchObject({
        requests: { cpu: expect.any(String), memory: expect.any(String) },
        limits: { memory: expect.any(String) },
      });
    }
  });

  it('start each process with variables that it knows and accepts', () => {
    const secrets = {
      DATABASE_URL: 'postgres://dot_service:x@postgres:5432/dot',
      REDIS_URL: 'redis://redis:6379',
      SECRETS_KEYS: `one:${Buffer.alloc(32).toString('base64')}`,
      AUTH_JWT_SECRET: 'x'.repeat(32),
    };
    const owner = { MIGRATIONS_DATABASE_URL: 'postgres://dot:x@postgres:5432/dot' };
    const readme = readFileSync(join(DIRECTORY, 'README.md'), 'utf8');
    for (const name of Object.keys({ ...secrets, ...owner }))
      expect(readme).toContain(`--from-literal=${name}=`);
    for (const pod of pods) {
      const [container] = pod.spec.containers;
      const isOwner = container.envFrom.some(
        ({ secretRef }) => secretRef?.name === 'dot-gitlab-sync-migrations',
      );
      const own = Object.fromEntries(container.env.map(({ name, value }) => [name, value]));
      const source = { ...config, ...secrets, ...(isOwner && owner), ...own };
      expect(Object.keys(source).filter((name) => !(name in VARIABLES))).toEqual([]);
      const expected = isOwner ? { MIGRATIONS: 'run' } : { MIGRATIONS: 'check', ROLE: partOf(pod) };
      expect(readEnv(source)).toMatchObject({ HOST: '0.0.0.0', ...expected });
      expect(isOwner).toBe(partOf(pod) === 'migrate');
    }
  });

  it('probe serving processes, and give them time to stop', () => {
    for (const pod of pods.filter((one) => partOf(one) !== 'migrate')) {
      const [{ ports, livenessProbe, readinessProbe }] = pod.spec.containers;
      expect(livenessProbe?.httpGet).toEqual({ path: '/health/live', port: 'http' });
      expect(readinessProbe?.httpGet).toEqual({ path: '/health/ready', port: 'http' });
      expect(ports?.map(({ containerPort }) => String(containerPort))).toEqual([
        config.PORT,
        config.METRICS_PORT,
      ]);
      const delay = partOf(pod) === 'web' ? Number(config.SHUTDOWN_DELAY_MS) : 0;
      const grace = pod.spec.terminationGracePeriodSeconds! * 1000;
      expect(grace).toBeGreaterThan(delay + LONGEST_STOP_MS);
    }
  });

  it('refer to each other', () => {
    const names = ofKind('Deployment').map(({ metadata }) => metadata.name);
    const scaled = ofKind('HorizontalPodAutoscaler').map(({ spec }) => spec.scaleTargetRef.name);
    expect(scaled.sort()).toEqual(names.sort());
    const labels = pods.map(({ metadata }) => metadata.labels);
    const selectors = [
      ...ofKind('Deployment').map(({ spec }) => spec.selector.matchLabels),
      ...ofKind('PodDisruptionBudget').map(({ spec }) => spec.selector.matchLabels),
      ...ofKind('Service').map(({ spec }) => spec.selector),
    ];
    expect(selectors).toHaveLength(5);
    for (const selector of selectors) expect(labels).toContainEqual(selector);
    const [{ spec: policy }] = ofKind('NetworkPolicy');
    for (const one of labels) expect(one).toMatchObject(policy.podSelector.matchLabels);
  });

  it('scale workers by a metric of the code, and by the turns of one worker', () => {
    const worker = ofKind('HorizontalPodAutoscaler').find(({ metadata }) => metadata.name.endsWith('worker'));
    const [{ external }] = worker!.spec.metrics;
    const definition = `name: '${external.metric.name}'`;
    expect(execFileSync('git', ['grep', '-l', definition, 'apps', 'libs'], { encoding: 'utf8' })).toMatch(
      /\.ts$/m,
    );
    expect(external.target.averageValue).toBe(config.SYNC_CONCURRENCY);
  });
});
