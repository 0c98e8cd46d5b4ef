import { resolve } from 'node:path';
import { parseBakeHcl } from '../../../server/project/callers/bake.ts';
import type { BuildCall } from '../../../server/project/callers/build-call.ts';
import { parseCompose } from '../../../server/project/callers/compose.ts';
import { parseEnvFile } from '../../../server/project/callers/env-file.ts';
import { onCurrentBuildKit } from '../current.ts';
import type { Engine } from '../engine.ts';
import { writeFolder } from '../folder.ts';
import { workshop } from '../images/store.ts';
import { mustRun } from '../process.ts';
import type { Row } from '../runner.ts';

/** A compose or Bake file whose builds Bake prints. */
export interface CallerCase {
  readonly name: string;
  readonly file: 'compose.yaml' | 'docker-bake.hcl';
  readonly text: string;
  readonly env?: string;
  /** Values that we do not know. */
  readonly unknown: number;
}

const service = (args: readonly string[], more = ''): string =>
  `services:\n  web:\n    build:\n      context: .\n${more}      args:\n${args.map((arg) => `        - ${arg}\n`).join('')}`;

const values = [
  '# c',
  '#x',
  'x # c',
  'x\t# c',
  "'a$b' # c",
  '"a\\n\\"b\\"#c" # d',
  '"two\nX=lines"',
  'a b  c',
  'a"b',
  "it's",
];

export const callerCases: readonly CallerCase[] = [
  {
    name: 'values of an env file',
    file: 'compose.yaml',
    text: service(values.map((_, at) => `A${at}`)),
    env: `${values.map((value, at) => `${at % 2 ? 'export ' : ''}A${at}=${value}\n`).join('')}A2=last\n`,
    unknown: 0,
  },
  {
    name: 'variables and their defaults',
    file: 'compose.yaml',
    text: service(
      ['$GO', '${GO}x', '${GO:-1}', '${NO:-1}', '${NO-2}', '${E:-3}', '${E-4}', '${GO:?no}', 'x$$y', '${GO:+y}'].map(
        (value, at) => `A${at}=${value}`,
      ),
      '      additional_contexts: { base: "docker-image://golang:${GO}", lib: ../lib }\n',
    ),
    env: 'GO=1.26\nE=\n',
    unknown: 1,
  },
  {
    name: 'contexts of Bake',
    file: 'docker-bake.hcl',
    text: `group "default" { targets = ["app"] }
target "lib" {}
target "_base" {
  args = { A = "1", B = "2" }
  contexts = { base = "docker-image://golang:1.26", lib = "lib" }
}
target "app" {
  inherits = ["_base"]
  args = { B = "3" }
  contexts = { lib = "target:lib" }
}
`,
    unknown: 0,
  },
];

type Printed = Readonly<
  Record<string, Readonly<Record<'args' | 'contexts', Readonly<Record<string, string>> | undefined>>>
>;

const callsOf = ({ file, text, env = '' }: CallerCase): readonly BuildCall[] =>
  file === 'compose.yaml' ? parseCompose(text)(parseEnvFile(env)) : parseBakeHcl(text);

const differences = (calls: readonly BuildCall[], printed: Printed, { unknown }: CallerCase): string => {
  let open = 0;
  for (const { name, args, contexts = new Map() } of calls) {
    const real = printed[name.replace(/^\w+ /, '')];
    for (const [kind, ours] of [
      ['args', args],
      ['contexts', contexts],
    ] as const) {
      if (ours.size !== Object.keys(real?.[kind] ?? {}).length)
        return `${name} has other ${kind}: ${JSON.stringify(real)}`;
      for (const [key, value] of ours) {
        if (value === undefined) open += 1;
        else if (value !== real?.[kind]?.[key]) return `${key} is ${real?.[kind]?.[key]}, and we read ${value}`;
      }
    }
  }
  return open === unknown ? '' : `${open} values are unknown instead of ${unknown}`;
};

/** Compares what Bake makes of a file with what we read in it. */
export const runCallers = (engine: Engine, labCase: CallerCase): Promise<Row> =>
  onCurrentBuildKit({ rule: 'beside', name: `callers: ${labCase.name}` }, async ({ environment }) => {
    const folder = resolve(workshop, 'callers', labCase.name.replaceAll(/\W+/g, '-'));
    const { file, text, env } = labCase;
    await writeFolder(folder, { [file]: text, ...(env !== undefined && { '.env': env }) });
    const args = ['buildx', 'bake', '--print', '--progress=quiet', '--file', file];
    const printed = await mustRun(engine.program, args, { cwd: folder, env: environment });
    return differences(callsOf(labCase), JSON.parse(printed).target, labCase);
  });
