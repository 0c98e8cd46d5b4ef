import type { Check, GeneratedCase } from './case.ts';

const on = (
  project: string,
  bases: readonly GeneratedCase['base'][],
  says: RegExp,
  more: Partial<GeneratedCase> = {},
): readonly GeneratedCase[] => bases.map((base) => ({ project, base, says, ...more }));

const every = (project: string, says: RegExp, more: Partial<GeneratedCase> = {}): GeneratedCase => ({
  project,
  base: 'fitting',
  says,
  ...more,
});

const answers = (port: number, path: string, body: RegExp): Check => ({ kind: 'answers', port, path, body });

const platforms = ['linux/amd64', 'linux/arm64', 'linux/arm/v7'];

/** Programs that would notice what is missing in an image. */
const needs: readonly GeneratedCase[] = [
  every('hello', /hello uid=65532/),
  ...on('web', ['recommended'], /web uid=65532/, { change: { comments: false } }),
  every('serve', /serve uid=65532/, { checks: [answers(8080, '/', /serve uid=65532/)] }),
  every('user', /user uid=65532/),
  ...on('user', ['debian'], /user uid=65532/, { change: { cgo: true } }),
  ...on('user', ['alpine'], /user uid=65532/, { change: { cgo: true, cache: 'layers' } }),
  ...on('cgo', ['recommended', 'debian', 'alpine', 'distroless-static', 'scratch'], /cgo 42/),
  // The alpine of the lab has no package with a C++ compiler.
  every('cxx', /cxx 42/, { except: ['alpine'] }),
  every('zone', /zone 08:00/),
  every('certificates', /certificates found/),
  every('temporary', /temporary uid 65532/, { writes: true }),
  every('embedded', /hello embedded/),
  every('opened', /hello opened/),
  ...on('version', ['recommended'], /version dev/),
  ...on('version-package', ['recommended'], /version dev/),
  ...on('built-from', ['recommended'], /built true \(devel\)/),
  ...on('../../../examples/hello-web', ['recommended'], /listening on :8080/),
  ...on('../../../examples/no-dockerfile', ['recommended'], /listening on :8080/),
];

/** Modules: where they come from. */
const modules: readonly GeneratedCase[] = [
  every('module', /module cfbff0d1/),
  ...on('module', ['scratch'], /module cfbff0d1/, { change: { cache: 'layers', platforms } }),
  every('vendored', /hello vendored/),
  every('replaced', /hello replaced/),
  every('workspace', /hello workspace cfbff0d1/),
  ...on('two-mains', ['recommended'], /worker uid=65532/, { change: { main: 'cmd/worker' } }),
  every('outside', /hello outside/, {
    below: 'app',
    finding: /^\.\.\/greet lies outside the build context/,
    checks: [{ kind: 'context', name: 'greet', folder: 'greet' }],
  }),
  ...on('outside', ['recommended'], /./, {
    below: 'app',
    fails: /"?\/?go\.mod|greet.*(?:not found|no such host|failed)/,
  }),
  ...on('no-sum', ['recommended'], /./, {
    finding: /^There is no go\.sum/,
    fails: /missing go\.sum entry/,
  }),
  ...on('private', ['recommended', 'alpine'], /hello private/, {
    change: { credentials: 'netrc' },
    environment: { GOPRIVATE: 'git.private.test' },
    finding: /^Private: git\.private\.test\/team\/greet/,
    checks: [{ kind: 'private' }],
  }),
  ...on('private', ['recommended'], /hello private/, {
    change: { credentials: 'ssh' },
    environment: { GOPRIVATE: 'git.private.test' },
    checks: [{ kind: 'ssh' }],
  }),
  every('below', /service 65532/),
];

/** C code, old and odd projects. */
const odd: readonly GeneratedCase[] = [
  // The compiler of the lab's alpine is Debian's with other headers; large C code has not been seen to link with it.
  every('sqlite', /sqlite 42/, { modules: true, except: ['alpine'] }),
  every('system-library', /zlib 1\./, {
    network: true,
    except: ['alpine'],
    finding: /^Installed for it: zlib1g-dev/,
  }),
  every('plugin', /plugin .*nowhere/, { except: ['distroless-cc'] }),
  every('grpc', /grpc SERVING/, { modules: true }),
  every('blanks and ü', /blanks 17 42/),
  every('second', /tool dev \/usr\/local\/bin\/tool/),
  every('generated-code', /generated nobody/, { finding: /^go generate makes code in \./ }),
  every('old-line', /old true/, { writes: true }),
  every('toolchain', /toolchain go1\.26/),
  every('windows', /windows dev 2bd7ac06 true/, { windows: true }),
  every('ignored', /ignored page/),
  ...on('node-build', ['recommended', 'alpine'], /node-build <p>made by Node/, { finding: /a Node stage builds it/ }),
];

const lines: Check = {
  kind: 'targets',
  says: { api: 'api uid=65532', worker: 'worker uid=65532', migrate: 'migrate uid=65532', admin: 'admin uid=65532' },
};

const debugged: Check = { kind: 'targets', says: { debug: 'API server listening at: [::]:40000' } };

/** What is written on request. */
const requests: readonly GeneratedCase[] = [
  every('five-mains', /cron uid=65532/, {
    change: { main: 'cmd/cron', others: ['cmd/api', 'cmd/worker', 'cmd/migrate', 'cmd/admin'] },
    checks: [lines],
  }),
  every('health', /listening on :8080/, { checks: [answers(8080, '/healthz', /well/), { kind: 'healthy' }] }),
  every('route', /listening on :9090/, { checks: [answers(9090, '/', /route uid=65532/)] }),
  ...on('route', ['alpine'], /listening on :9090/, { checks: [{ kind: 'healthy' }] }),
  every('templates', /listening on :8080/, {
    checks: [answers(8080, '/', /<p>uid=65532<\/p>/), answers(8080, '/static/style.css', /teal/)],
  }),
  ...on('hello', ['scratch', 'distroless-static', 'alpine'], /hello uid=65532/, {
    change: { extras: ['reproducible'] },
    checks: [{ kind: 'reproducible' }],
  }),
  ...on('hello', ['scratch', 'alpine'], /hello uid=65532/, {
    change: { extras: ['upx'] },
    network: true,
    except: ['alpine'],
  }),
  ...on('tested', ['scratch'], /tested 42/, {
    change: { extras: ['test'] },
    checks: [{ kind: 'targets', says: { test: '' } }],
  }),
  ...on('serve', ['recommended'], /serve uid=65532/, {
    change: { extras: ['debug'] },
    modules: true,
    checks: [debugged],
  }),
  ...on('serve', ['recommended'], /serve uid=65532/, { change: { language: 'zh' } }),
];

/** Every final base that fits, for programs of every kind that the generator reads. */
export const generatedCases: readonly GeneratedCase[] = [...needs, ...modules, ...odd, ...requests];
