import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { rules } from '../../server/analysis/rules/index.ts';

const root = path.resolve(import.meta.dirname, '../..');

const filesBelow = (folder: string, fits: (name: string) => boolean): readonly string[] =>
  readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && fits(entry.name))
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'utf8'));

const inExamples = (fits: (name: string) => boolean): readonly string[] =>
  rules.flatMap(({ example }) =>
    Object.entries(example.files ?? {}).flatMap(([file, text]) => (fits(path.posix.basename(file)) ? [text] : [])),
  );

const named = (name: string) => (file: string) => file === name;

/** The repository's own files of each kind, that mutations start from. */
export const samples = {
  dockerfile: [
    ...rules.flatMap(({ example }) => [example.bad, example.good]),
    ...filesBelow('examples', named('Dockerfile')),
  ],
  goMod: [...filesBelow('test/lab/projects', named('go.mod')), ...inExamples(named('go.mod'))],
  goWork: [
    'go 1.25\n\ntoolchain go1.25.4\n\nuse (\n\t./a // b\n\t"./c"\n)\n\nreplace x => ../y\n',
    ...inExamples(named('go.work')),
  ],
  ignore: [
    '*\n!go.*\n!cmd\n**/*_test.go\n# c\n/.git\nvendor/\n\\!x\n[a-c]?\n',
    ...inExamples((name) => name.endsWith('ignore')),
  ],
  go: [
    ...filesBelow('test/lab/projects', (name) => name.endsWith('.go')),
    ...inExamples((name) => name.endsWith('.go')),
  ],
  settings: [
    '{"rules": {"no-root-user": "off", "pin-base-image": "error"}}',
    'rules:\n  no-root-user: off\n  set-workdir: hint\n',
    '{"rules": {"no-rot-user": 1}, "x": [null, {"a": "b"}]}',
  ],
  callers: [
    'services:\n  a:\n    build:\n      context: .\n      args:\n        V: ${V:-1}\n      target: x\n',
    'target "a" {\n  args = { V = "1" }\n  platforms = ["linux/amd64"]\n}\nvariable "X" { default = "y" }\n',
    'jobs:\n  b:\n    steps:\n      - uses: docker/build-push-action@v6\n        with:\n          build-args: |\n            V=1\n',
  ],
} as const;
