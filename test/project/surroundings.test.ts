import assert from 'node:assert/strict';
import { noSurroundings, type Surroundings } from '../../server/analysis/go/surroundings.ts';
import { cLibrariesIn } from '../../server/project/c-libraries.ts';
import { parseGoFile } from '../../server/project/go-file.ts';
import { licenceOf } from '../../server/project/licence.ts';
import { readProject } from '../../server/project/read-project.ts';
import { readSurroundings } from '../../server/project/surroundings.ts';
import { inFolder } from './folder.ts';

const main = 'package main\n\nfunc main() {}\n';
const goMod = 'module example.com/app\n\ngo 1.26\n';

const read = async (files: Readonly<Record<string, string>>): Promise<Surroundings> => {
  let found = noSurroundings;
  await inFolder(files, async (folder) => {
    found = await readSurroundings(await readProject(folder), folder, {});
  });
  return found;
};

const remote = (url: string): string =>
  `[core]\n\tbare = false\n[remote "origin"]\n\turl = ${url}\n\tfetch = +refs\n[branch "main"]\n`;

describe('surroundings of a Go project', () => {
  for (const [url, source] of [
    ['git@github.com:acme/shop.git', 'https://github.com/acme/shop'],
    ['https://user:secret@git.acme.example/team/shop.git', 'https://git.acme.example/team/shop'],
    ['ssh://git@git.acme.example:2222/team/shop', 'https://git.acme.example/team/shop'],
    ['../elsewhere', undefined],
  ] as const) {
    it(`has the address behind ${url}`, async () => {
      const { source: found } = await read({ 'go.mod': goMod, 'main.go': main, '.git/config': remote(url) });
      assert.equal(found, source);
    });
  }

  it('reads GOPRIVATE from the environment, else from what go env -w wrote', async () => {
    const files = { 'go.mod': goMod, 'main.go': main, 'config/go/env': 'GOFLAGS=-v\nGOPRIVATE=git.acme.example/*\n' };
    await inFolder(files, async (folder) => {
      const facts = await readProject(folder);
      const of = async (environment: Readonly<Record<string, string>>) =>
        (await readSurroundings(facts, folder, environment)).goPrivate;
      assert.deepEqual(await of({ GOPRIVATE: 'a.example,b.example' }), ['a.example', 'b.example']);
      assert.deepEqual(await of({ XDG_CONFIG_HOME: `${folder}/config` }), ['git.acme.example/*']);
      assert.deepEqual(await of({ XDG_CONFIG_HOME: `${folder}/none` }), []);
    });
  });

  it('finds Node packages that build, tests, the ignore file', async () => {
    const found = await read({
      'go.mod': goMod,
      'main.go': main,
      'main_test.go': 'package main\n',
      'web/package.json': '{"scripts": {"build": "vite build"}}',
      'web/pnpm-lock.yaml': '',
      'web/pnpm-workspace.yaml': '',
      'web/patches/x.patch': '',
      'tools/package.json': '{"scripts": {"lint": "eslint"}}',
      '.dockerignore': 'web\n',
    });
    const settings = { files: ['pnpm-workspace.yaml'], folders: ['patches'] };
    assert.deepEqual(found.nodePackages, [{ dir: 'web', manager: 'pnpm', lockFile: 'pnpm-lock.yaml', settings }]);
    assert.deepEqual([found.tests, found.dockerignore], [[''], 'web\n']);
  });

  it('asks a program for its health by its own flag or subcommand, or by its route', () => {
    const health = (imports: string, code: string, name = 'main') =>
      parseGoFile('a.go', `package ${name}\n\nimport ${imports}\n\nfunc f() {\n\t${code}\n}\n`).code?.health;
    assert.equal(health('"flag"', 'check := flag.Bool("healthcheck", false, "")')?.argument, '-healthcheck');
    assert.equal(health('"flag"', 'flag.BoolVar(&with.check, "health", false, "")')?.argument, '-health');
    assert.equal(health('"os"', 'if len(os.Args) > 1 && os.Args[1] == "health" {')?.argument, 'health');
    assert.equal(health('"os"', 'switch os.Args[1] {\n\tcase "--healthz":')?.argument, '--healthz');
    assert.equal(health('"os"', 'switch os.Args[2] {\n\tcase "health":')?.argument, undefined);
    assert.equal(health('"x/cobra"', 'return cobra.Command{Use: "healthcheck", Short: "x"}')?.argument, 'healthcheck');
    assert.equal(health('"flag"', '// flag.Bool("healthcheck", false, "")')?.argument, undefined);
    assert.equal(health('"flag"', 'check := flag.Bool("healthcheck", false, "")', 'other')?.argument, undefined);
    assert.equal(health('"net/http"', 'mux.HandleFunc("GET /healthz", f)', 'other')?.route, '/healthz');
    assert.equal(health('"fmt"', 'url := "/healthz"')?.route, undefined);
  });

  it('names licences that it knows', () => {
    assert.equal(licenceOf('Apache License\n Version 2.0, January 2004'), 'Apache-2.0');
    assert.equal(licenceOf('Permission is hereby granted, free of charge, to any person obtaining a copy'), 'MIT');
    assert.equal(licenceOf('All rights reserved.'), undefined);
  });

  it('reads what C code is linked with on Linux', () => {
    const text =
      '// #cgo LDFLAGS: -L/x -lz -lfoo\n// #cgo darwin LDFLAGS: -framework\n#cgo linux pkg-config: vips\n#cgo windows LDFLAGS: -lws2\n';
    assert.deepEqual(cLibrariesIn(text), ['z', 'foo', 'vips']);
  });
});
