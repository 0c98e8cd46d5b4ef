import fc, { type IRawProperty, type RunDetails } from 'fast-check';
import { parseGoMod, parseGoWork } from '../../server/analysis/go/go-mod.ts';
import { parseBakeHcl } from '../../server/project/callers/bake.ts';
import { parseCompose } from '../../server/project/callers/compose.ts';
import { parseWorkflow } from '../../server/project/callers/workflow.ts';
import { parseConfigFile } from '../../server/project/config-text.ts';
import { parseGoFile } from '../../server/project/go-file.ts';
import { parseIgnoreFile } from '../../server/project/ignore-file.ts';
import { type Files, projectOf } from '../support/project.ts';
import { dockerfiles } from './dockerfiles.ts';
import { mutated } from './mutations.ts';
import { assertFollows, assertMends, assertSound } from './properties.ts';
import { samples } from './samples.ts';

const files: Files = {
  'go.mod':
    'module example.com/app\n\ngo 1.25.0\n\nrequire example.com/dep v1.0.0\n\nreplace example.com/dep => ./dep\n',
  'go.sum': '',
  'main.go':
    'package main\n\nimport (\n\t"net/http"\n\t"os/user"\n)\n\nfunc main() { user.Current(); http.ListenAndServe(":8080", nil) }\n',
  'cmd/x/main.go': 'package main\n\nimport "C"\n\nfunc main() {}\n',
  'dep/go.mod': 'module example.com/dep\n',
  'dep/dep.go': 'package dep\n',
};

const projects = [
  projectOf(undefined),
  projectOf(files),
  projectOf({ ...files, '.dockerignore': '*\n!cmd\n!go.mod\n' }),
  projectOf({ 'main.go': files['main.go'] ?? '', 'go.mod': 'module x\n' }),
];
const project = fc.constantFrom(...projects);

const damagedDockerfile = mutated(samples.dockerfile);
const example = `FROM golang:1.25 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\n\nFROM alpine\nCOPY --from=build /app /app\nENTRYPOINT ["/app"]\n`;

/** How long a fuzzer runs, and from which seed. */
interface Options {
  readonly seed: number;
  readonly numRuns: number;
  readonly interruptAfterTimeLimit: number;
  readonly markInterruptAsFailure: boolean;
}

type Outcome = Pick<
  RunDetails<unknown>,
  'failed' | 'numRuns' | 'numShrinks' | 'seed' | 'counterexample' | 'errorInstance'
>;

/** One kind of input and what must hold for it. */
export interface Fuzzer {
  readonly name: string;
  /** Its share of the time, beside that of the others. */
  readonly weight: number;
  readonly check: (options: Options) => Outcome;
}

const fuzzer = <T>(name: string, weight: number, property: IRawProperty<T, false>): Fuzzer => ({
  name,
  weight,
  check: (options) => fc.check(property, options),
});

/** Reads a damaged file, and analyses a Dockerfile beside it. */
const beside = (name: string, path: string, texts: readonly string[]): Fuzzer =>
  fuzzer(
    name,
    2,
    fc.property(mutated(texts), (text) => assertSound(example, projectOf({ ...files, [path]: text }))),
  );

const read = (name: string, texts: readonly string[], parse: (text: string) => unknown): Fuzzer =>
  fuzzer(
    name,
    1,
    fc.property(mutated(texts), (text) => void parse(text)),
  );

/** Everything that is fuzzed, the Dockerfiles first. */
export const fuzzers: readonly Fuzzer[] = [
  fuzzer('Dockerfiles', 8, fc.property(dockerfiles, project, assertSound)),
  fuzzer('fixes of Dockerfiles', 16, fc.property(dockerfiles, project, assertMends)),
  fuzzer('damaged Dockerfiles', 8, fc.property(damagedDockerfile, project, assertSound)),
  fuzzer('edits of Dockerfiles', 4, fc.property(damagedDockerfile, damagedDockerfile, assertFollows)),
  beside('go.mod', 'go.mod', samples.goMod),
  beside('go.work', 'go.work', samples.goWork),
  beside('.dockerignore', '.dockerignore', samples.ignore),
  beside('Go source', 'main.go', samples.go),
  read('go.mod alone', samples.goMod, parseGoMod),
  read('go.work alone', samples.goWork, parseGoWork),
  read('.dockerignore alone', samples.ignore, (text) => parseIgnoreFile(text).isIgnored('a/b.go')),
  read('Go source alone', samples.go, (text) => parseGoFile('x.go', text)),
  read('settings', samples.settings, parseConfigFile),
  read('callers', samples.callers, (text) => [parseCompose(text), parseBakeHcl(text), parseWorkflow(text)]),
];
