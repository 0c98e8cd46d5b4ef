import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { runIn } from './console.ts';
import { clean, inFolder, program } from './project.ts';

const dockerfile = clean.replace(
  'FROM golang:1.26.4-alpine3.22',
  'ARG GO_VERSION=1.26.4\nFROM golang:${GO_VERSION}-alpine3.22',
);

const bake = `target "api" {
  dockerfile = "build/Dockerfile"
  args = { GO_VERSION = "1.24.1" }
}
`;

const files = { ...program, 'build/Dockerfile': dockerfile, 'docker-bake.hcl': bake };

describe('builds that other files describe', () => {
  it('are checked with what they pass, and named with file and line', async () => {
    await inFolder(files, async (folder) => {
      const { out } = await runIn(folder, ['lint', '--severity', 'error']);
      const [finding, ...steps] = out.split('\n');
      assert.match(finding ?? '', /^build.Dockerfile:2:6 error go\.mod requires Go 1\.25, .* match-go-version$/);
      const named = '    docker-bake.hcl:1:8 The target api of docker-bake.hcl passes GO_VERSION=1.24.1.';
      assert.ok(steps.includes(named), out);
      const json = JSON.parse((await runIn(folder, ['lint', '--format', 'json', '--severity', 'error'])).out);
      assert.ok(json[0].related.some((step: { file?: string }) => step.file === 'docker-bake.hcl'));
      assert.equal(json[0].elsewhere.file, 'go.mod');
    });
  });

  it('say nothing where they pass what is right', async () => {
    await inFolder({ ...files, 'docker-bake.hcl': bake.replace('1.24.1', '1.26.3') }, async (folder) => {
      assert.deepEqual((await runIn(folder, ['lint', '--severity', 'error'])).code, 0);
    });
  });

  it('decide the build context where the sources leave it open', async () => {
    const compose = 'services:\n  api:\n    build: { context: ., dockerfile: build/Dockerfile }\n';
    const copied = dockerfile.replace('COPY go.mod ./\nRUN go mod download\n', '');
    const inner = { 'build/go.mod': 'module example.com/tools\n\ngo 1.99\n', 'build/main.go': 'package main\n' };
    const both = { ...program, ...inner, '.git/HEAD': '', 'build/Dockerfile': copied };
    const finds = async (more: Readonly<Record<string, string>>): Promise<boolean> => {
      let out = '';
      await inFolder({ ...both, ...more }, async (folder) => {
        out = (await runIn(folder, ['lint', '--severity', 'error'])).out;
      });
      return out.includes('match-go-version');
    };
    assert.deepEqual([await finds({}), await finds({ 'compose.yaml': compose })], [true, false]);
  });
});

describe('go-dockerfile lint --fix and project files', () => {
  it('mends .dockerignore, says so, and is clean afterwards', async () => {
    const hidden = { ...program, Dockerfile: clean, '.dockerignore': '.git\n*.go' };
    await inFolder(hidden, async (folder) => {
      const before = await runIn(folder, ['lint', '--severity', 'error']);
      assert.match(before.out, /no-ignored-source\n {4}\.dockerignore:2:1 \*\.go hides/);
      const { code, err } = await runIn(folder, ['lint', '--fix', '--severity', 'error']);
      assert.equal(err, 'wrote .dockerignore\n');
      assert.equal(code, 0);
      assert.match(await readFile(path.join(folder, '.dockerignore'), 'utf8'), /^\.git\n$/);
    });
  });

  it('makes no new file unasked, and leaves standard input alone', async () => {
    const secret = { ...program, Dockerfile: clean, '.env': 'A=b\n' };
    await inFolder(secret, async (folder) => {
      assert.match((await runIn(folder, ['lint', '--fix'])).out, /require-dockerignore/);
      await assert.rejects(readFile(path.join(folder, '.dockerignore')));
    });
    await inFolder({ ...program, '.dockerignore': 'main.go' }, async (folder) => {
      const { err } = await runIn(folder, ['lint', '--fix', '-'], { input: clean });
      assert.doesNotMatch(err, /wrote/);
      assert.equal(await readFile(path.join(folder, '.dockerignore'), 'utf8'), 'main.go');
    });
  });
});
