import assert from 'node:assert/strict';
import { analyze } from '../../server/analysis/analyze.ts';
import { programSignals } from '../../server/analysis/go/project-signals.ts';
import type { Reading } from '../../server/analysis/go/reading.ts';
import { noSurroundings, type Surroundings } from '../../server/analysis/go/surroundings.ts';
import { render } from '../../server/analysis/known.ts';
import { generate } from '../../server/generate/generate.ts';
import { plan } from '../../server/generate/plan.ts';
import type { finalBases, GenerateChoices } from '../../server/protocol.ts';
import { onDataDay } from '../support/day.ts';
import { programs } from '../support/programs.ts';
import { type Files, projectOf } from '../support/project.ts';

const readingOf = (files: Files, around: Partial<Surroundings> = {}): Reading => {
  const facts = projectOf(files);
  return { facts, signals: (main) => programSignals(facts, main), surroundings: { ...noSurroundings, ...around } };
};

const made = (files: Files, change: Partial<GenerateChoices> = {}, around: Partial<Surroundings> = {}) => {
  const reading = readingOf(files, around);
  return generate(reading, { ...plan(reading, '/p', change.main).recommended, ...change });
};

const goMod = (more = ''): string => `module example.com/app\n\ngo 1.26\n${more}`;
const main = 'package main\n\nfunc main() {}\n';

const two: Files = { 'go.mod': goMod(), 'cmd/a/main.go': main, 'cmd/b/main.go': main, 'tools/a/main.go': main };

const needsPrivate: Files = {
  'go.mod': goMod('\nrequire git.acme.example/team/lib v1.0.0\n'),
  'go.sum': 'git.acme.example/team/lib v1.0.0 h1:A=\n',
  'main.go': 'package main\n\nimport _ "git.acme.example/team/lib"\n\nfunc main() {}\n',
};

describe('generate on request', () => {
  it('makes an image of each program, the chosen one last', () => {
    const { dockerfile } = made(two, { main: 'cmd/b', others: ['cmd/a'] });
    assert.match(dockerfile, / -o \/out\/ \.\/cmd\/b \.\/cmd\/a$/m);
    assert.deepEqual(dockerfile.match(/^FROM scratch AS \w+$/gm), ['FROM scratch AS a', 'FROM scratch AS b']);
    const same = made(two, { main: 'cmd/a', others: ['tools/a'] }).dockerfile;
    assert.match(same, /-o \/out\/a \.\/cmd\/a && \\\n.* -o \/out\/tools-a \.\/tools\/a$/m);
  });

  it('recommends the program that is called like the module, and none of those aside', () => {
    const of = (files: Files): string => plan(readingOf(files), '/p').recommended.main;
    assert.equal(of({ 'go.mod': goMod(), 'cmd/admin/main.go': main, 'cmd/app/main.go': main }), 'cmd/app');
    assert.equal(of({ 'go.mod': goMod(), 'hack/gen/main.go': main, 'server/main.go': main }), 'server');
    assert.equal(of({ 'go.mod': goMod(), 'main.go': main, 'cmd/app/main.go': main }), '.');
    const cluster = { 'cmd/agent/main.go': main, 'cmd/my-controller/main.go': main, 'cmd/kubectl-my/main.go': main };
    assert.equal(of({ 'go.mod': goMod(), ...cluster }), 'cmd/my-controller');
  });

  it('says what looks like a library, and which package of its own is not there', () => {
    const findings = (files: Files): readonly string[] => plan(readingOf(files), '/p').findings;
    assert.ok(
      findings({ 'go.mod': goMod(), 'examples/x/main.go': main }).some((line) => line.endsWith('like a library.')),
    );
    assert.ok(!findings({ 'go.mod': goMod(), 'main.go': main }).some((line) => line.endsWith('like a library.')));
    const required = '\nrequire example.com/app/other v1.0.0\n';
    const imports = '\t"example.com/app/gen/api"\n\t"example.com/app/other/x"\n';
    const files = { 'go.mod': goMod(required), 'main.go': `package main\n\nimport (\n${imports})\n\nfunc main() {}\n` };
    assert.deepEqual(
      findings(files).filter((line) => line.startsWith('Imported, but')),
      ['Imported, but without a source here: example.com/app/gen/api. Make it first, or the build fails.'],
    );
  });

  it('takes what tools open in the project of others for no file of the image', () => {
    const files: Files = {
      'go.mod': goMod(),
      'main.go':
        'package main\n\nimport "os"\n\nfunc main() {\n\tos.ReadFile("go.mod")\n\tos.Open(".")\n\tos.Open(".git/HEAD")\n\tos.Open("x.txt")\n}\n',
    };
    assert.doesNotMatch(made(files).dockerfile, / \/app/);
    const opened = plan(readingOf(files), '/p').findings.filter((line) => line.includes('opened'));
    assert.deepEqual(opened, ['x.txt is opened while it runs, but is not in the build context.']);
  });

  it('mounts a secret for modules that GOPRIVATE or the own host says are private', () => {
    for (const around of [{ goPrivate: ['git.acme.example'] }, { source: 'https://git.acme.example/team/app' }]) {
      const { dockerfile } = made(needsPrivate, {}, around);
      assert.match(dockerfile, /^ENV GOPRIVATE=git\.acme\.example$/m);
      assert.equal(dockerfile.match(/--mount=type=secret,id=netrc,target=\/root\/\.netrc,required=true/g)?.length, 2);
    }
    assert.doesNotMatch(made(needsPrivate).dockerfile, /secret|GOPRIVATE/);
    const ssh = made(needsPrivate, { credentials: 'ssh' }, { goPrivate: ['git.acme.example/team/*'] }).dockerfile;
    assert.match(ssh, /ssh-keyscan git\.acme\.example >> /);
    assert.match(ssh, /^RUN --mount=type=ssh,required=true/m);
    assert.doesNotMatch(ssh, /^ARG .*(?:TOKEN|PASSWORD)/m);
  });

  it('only offers credentials where a public forge may keep private modules', () => {
    const github: Files = { ...needsPrivate, 'go.mod': goMod('\nrequire github.com/acme/lib v1.0.0\n') };
    const planned = plan(readingOf(github, { source: 'https://github.com/acme/app' }), '/p');
    assert.equal(planned.recommended.credentials, 'none');
    assert.deepEqual(
      planned.credentials.map(({ id }) => id),
      ['netrc', 'ssh', 'none'],
    );
    assert.deepEqual(plan(readingOf(github, { source: 'https://github.com/other/app' }), '/p').credentials, []);
  });

  it('copies a module beside the context from a named context, to where go looks for it', () => {
    const files = {
      'go.mod': goMod('\nrequire example.com/lib v0.0.0\n\nreplace example.com/lib => ../../libs/Lib\n'),
      'main.go': main,
    };
    const { dockerfile } = made(files);
    assert.match(dockerfile, /^COPY --from=lib go\.mod \/libs\/Lib\/$/m);
    assert.match(dockerfile, /^COPY --from=lib \. \/libs\/Lib$/m);
  });

  it('lets Node make what is embedded and not there, and says so when no Node package does', () => {
    const files: Files = {
      'go.mod': goMod(),
      'main.go': 'package main\n\nimport "embed"\n\n//go:embed ui/dist/*\nvar f embed.FS\n\nfunc main() {}\n',
      'ui/package.json': '{}',
    };
    const nodePackages = [{ dir: 'ui', manager: 'npm', lockFile: 'package-lock.json' }] as const;
    const { dockerfile, dockerignore } = made(files, {}, { nodePackages });
    assert.match(dockerfile, /^FROM node:24-alpine AS web$/m);
    const settings = { files: ['.yarnrc.yml'], folders: ['.yarn'] };
    const yarn = [{ dir: 'ui', manager: 'yarn', lockFile: 'yarn.lock', settings }] as const;
    assert.match(
      made(files, {}, { nodePackages: yarn }).dockerfile,
      /^COPY ui\/package\.json ui\/yarn\.lock ui\/\.yarnrc\.yml \.\/\nCOPY ui\/\.yarn \.\/\.yarn\/\nRUN yarn install/m,
    );
    assert.match(dockerfile, /^COPY --from=web \/src\/ui\/dist \/src\/ui\/dist$/m);
    assert.match(dockerignore, /^\*\*\/node_modules$/m);
    assert.doesNotMatch(made({ ...files, 'ui/dist/index.html': '' }, {}, { nodePackages }).dockerfile, /node/);
    assert.ok(
      plan(readingOf(files), '/p').findings.some((line) => line.startsWith('ui/dist is embedded but is not there')),
    );
  });

  it('adds a health check only when the image can answer', () => {
    const check = (base: (typeof finalBases)[number], imports: string, code: string): string | undefined => {
      const main = `package main\n\nimport ${imports}\n\nfunc main() {\n\t${code}\n}\n`;
      const { dockerfile } = made({ ...programs.web, 'main.go': main }, { base, port: 8080 });
      return /^HEALTHCHECK .*$/m.exec(dockerfile)?.[0];
    };
    const flag = ['"flag"', '_ = flag.Bool("health", false, "")'] as const;
    const route = ['"net/http"', 'http.HandleFunc("/healthz", nil)'] as const;
    assert.match(check('scratch', ...flag) ?? '', /CMD \["\/usr\/local\/bin\/app", "-health"\]$/);
    assert.match(check('alpine', ...route) ?? '', /"wget", .*"http:\/\/127\.0\.0\.1:8080\/healthz"\]$/);
    assert.equal(check('scratch', ...route), undefined);
    assert.equal(check('alpine', '"fmt"', 'fmt.Println()'), undefined);
  });

  it('labels the image after the remote and the licence', () => {
    const { dockerfile } = made(programs.hello, {}, { source: 'https://github.com/a/b', licence: 'MIT' });
    assert.match(
      dockerfile,
      /^LABEL org\.opencontainers\.image\.title="app" \\\n.*source="https:\/\/github\.com\/a\/b" \\\n.*licenses="MIT"$/m,
    );
    assert.doesNotMatch(made(programs.hello).dockerfile, /LABEL/);
  });

  it('sets GOARM only where a platform has a variant', () => {
    assert.match(
      made(programs.hello, { platforms: ['linux/arm/v7'] }).dockerfile,
      /GOARM=\$\{TARGETVARIANT#v\} go build/,
    );
    assert.doesNotMatch(made(programs.hello, { platforms: ['linux/arm64'] }).dockerfile, /GOARM|TARGETVARIANT/);
  });

  it('leaves platforms of C code to an emulator, and says so', () => {
    const change = { platforms: ['linux/amd64', 'linux/arm64'], beside: ['bake', 'workflow'] } as const;
    const { dockerfile, beside } = made(programs.cgo, change);
    assert.match(dockerfile, /^# C code is compiled on the platform it is for: .*\nFROM golang:/);
    assert.doesNotMatch(dockerfile, /BUILDPLATFORM|TARGETARCH/);
    const [bake = '', workflow = ''] = beside.map(({ text }) => text);
    assert.match(bake, /platforms = \["linux\/amd64", "linux\/arm64"\]/);
    assert.match(workflow, /setup-qemu-action[\s\S]*platforms: linux\/amd64,linux\/arm64/);
    assert.doesNotMatch(made(programs.cgo, { ...change, platforms: [] }).beside[1]?.text ?? '', /qemu/);
  });

  it('writes no comment where none are wanted, not even for our own rules', () => {
    const { dockerfile } = made(programs.required, { comments: false, cache: 'layers', extras: ['upx'] });
    assert.doesNotMatch(dockerfile, /^#/m);
  });

  it('keeps an existing .dockerignore, adds what is missing, and shows what the build needs', () => {
    const files: Files = { ...programs.hello, '.dockerignore': '# mine\n*.go\nsecrets\n.git\n' };
    const { dockerignore } = made(files, {}, { dockerignore: files['.dockerignore'] });
    assert.match(dockerignore, /^# mine\n\*\.go\nsecrets\n\.git\n/);
    assert.match(dockerignore, /^!main\.go$/m);
    assert.equal(dockerignore.match(/^\.git$/gm)?.length, 1);
    const after = projectOf({ ...files, '.dockerignore': dockerignore }).context;
    assert.deepEqual(['main.go', 'secrets', '.env'].map(after.isIgnored), [false, true, true]);
  });

  it('writes every comment in Chinese when asked', () => {
    const extras = ['test', 'debug', 'upx', 'reproducible'] as const;
    const { dockerfile, dockerignore } = made(programs.required, {
      language: 'zh',
      extras,
      platforms: ['linux/arm64'],
    });
    const comments = [...`${dockerfile}\n${dockerignore}`.matchAll(/^# (.*)$/gm)].map(([, text = '']) => text);
    assert.ok(comments.length > 6);
    // What other programs read stays as it is.
    const isCode = (text: string): boolean => /^(docker build|go-dockerfile ignore=)/.test(text);
    for (const text of comments) assert.ok(/[\u4e00-\u9fff]/.test(text) || isCode(text), text);
  });

  it('writes files beside it that speak of the same programs, platforms and secrets', () => {
    const change = { beside: ['compose', 'bake', 'workflow'], platforms: ['linux/arm64'], port: 8080 } as const;
    const { beside } = made(needsPrivate, change, { goPrivate: ['git.acme.example'] });
    const [compose = '', bake = '', workflow = ''] = beside.map(({ text }) => text);
    assert.match(
      compose,
      /secrets: \[netrc\][\s\S]*read_only: true[\s\S]*ports: \["8080:8080"\][\s\S]*file: ~\/\.netrc/,
    );
    assert.match(bake, /^variable "HOME" \{$/m);
    assert.match(bake, /platforms = \["linux\/arm64"\][\s\S]*secret = \["id=netrc,src=\$\{HOME\}\/\.netrc"\]/);
    for (const part of [
      'platforms: linux/arm64',
      'provenance: mode=max',
      'sbom: true',
      'anchore/scan-action',
      'cosign sign',
      'pattern=v{{major}}.{{minor}}',
      'type=sha,prefix=sha-',
      'secrets: netrc=${{ secrets.NETRC }}',
    ])
      assert.ok(workflow.includes(part), part);
    const trivy = made(needsPrivate, { beside: ['workflow'], scanner: 'trivy' }).beside[0]?.text ?? '';
    assert.match(trivy, /aquasecurity\/trivy-action/);
  });

  for (const extra of ['test', 'debug', 'upx', 'reproducible'] as const) {
    for (const base of ['scratch', 'distroless-static', 'alpine'] as const) {
      it(`has no finding of ours: ${extra}, ${base}`, () => {
        const { dockerfile } = made(programs.required, { base, extras: [extra] });
        const { findings } = analyze(dockerfile, projectOf(programs.required), onDataDay);
        assert.deepEqual(
          findings.map(({ rule, message }) => `${rule}: ${render(message)}`),
          [],
        );
      });
    }
  }

  it('puts everything into one tree when the same sources have to give the same bytes', () => {
    const { dockerfile } = made(programs.required, { base: 'scratch', extras: ['reproducible'] });
    assert.match(dockerfile, /install -D -m 755 \/out\/app \/rootfs\/usr\/local\/bin\/app && \\\n/);
    assert.match(dockerfile, /^FROM scratch\nCOPY --from=build \/rootfs \/$/m);
  });

  it('builds for the platforms that the files around it ask for, and says what else they expect', () => {
    const start = { line: 0, character: 0 };
    const caller = {
      path: 'docker-bake.hcl',
      range: { start, end: start },
      name: 'target app',
      args: new Map([['COMMIT', undefined]]),
      target: 'prod',
      platforms: ['linux/amd64', 'linux/arm/v7'],
    };
    const reading = readingOf(programs.hello);
    const named = { ...caller, name: `${caller.name} of docker-bake.hcl` };
    const facts = { ...reading.facts, callers: [named, { ...named }] };
    const { recommended, findings } = plan({ ...reading, facts }, '/p');
    assert.deepEqual(recommended.platforms, ['linux/amd64', 'linux/arm/v7']);
    const withC = readingOf(programs.cgo);
    assert.ok(
      plan({ ...withC, facts: { ...withC.facts, callers: [caller] } }, '/p').findings.some((line) => /QEMU/.test(line)),
    );
    const said = findings.filter((line) => line.startsWith('docker-bake.hcl, target app,'));
    assert.deepEqual(
      said.map((line) => /linux\/amd64|prod|COMMIT/.exec(line)?.[0]),
      ['linux/amd64', 'prod', 'COMMIT'],
    );
  });

  it('says what each base costs and brings', () => {
    const { bases } = plan(readingOf(programs.hello), '/p');
    for (const { detail } of bases) assert.match(detail, /; (?:a|no) shell; (?:no libc|glibc|musl); /);
    assert.ok(bases.some(({ detail }) => /\(2026-\d\d-\d\d\)/.test(detail)));
  });
});
