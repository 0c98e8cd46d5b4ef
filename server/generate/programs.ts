import type { ProgramSignals } from '../analysis/go/project-signals.ts';
import type { Reading } from '../analysis/go/reading.ts';
import type { Tri } from '../analysis/known.ts';
import type { FinalBase, GenerateChoices } from '../protocol.ts';
import { looksUpUsers } from './cgo.ts';
import { finalFacts, finalImage } from './images.ts';
import { dirOf, type Layout, layoutOf } from './layout.ts';
import { runtimeFiles } from './needs.ts';
import type { Healthcheck, Program } from './recipe.ts';

/** The last element of the package's import path that is no version, as `go build` names it. */
const programName = ({ main, module }: Layout): string => {
  const parts = (main?.importPath ?? module?.mod.path ?? '').split('/');
  const last = parts.findLast((part, at) => at === 0 || !/^v\d+$/.test(part)) ?? '';
  return last.replace(/[^\w.-]+/g, '-').replace(/^[-.]+|-+$/g, '') || 'app';
};

type Needs = Pick<Program, 'certificates' | 'zones' | 'passwd' | 'temp' | 'writesTemp'>;

/** What the program needs at run time and the last stage does not have. */
const needsOf = ({ facts, signals }: Reading, base: FinalBase, layout: Layout, dir: string): Needs => {
  const last = finalFacts(base);
  const { outboundTls, timeZones, embedsZones, tempFiles } = signals(dir);
  const unless = (there: boolean, needed: Tri): Tri => (there ? 'no' : needed);
  const hasUser = base.startsWith('distroless') || base.startsWith('chainguard');
  return {
    certificates: unless(last?.caBundle === 'yes', outboundTls),
    zones: unless(last?.zoneinfo === 'yes' || embedsZones, timeZones),
    passwd: !hasUser && looksUpUsers(facts, layout.main),
    writesTemp: tempFiles !== 'no',
    temp: tempFiles !== 'no' && (base === 'scratch' || base === 'chainguard-static'),
  };
};

/** How the image can ask its program; undefined when nothing in it can. */
const healthcheckOf = (
  { health: { argument, route } }: ProgramSignals,
  base: FinalBase,
  port: number | undefined,
): Healthcheck | undefined => {
  if (argument !== undefined) return { argument };
  return route !== undefined && base === 'alpine' && port !== undefined ? { route } : undefined;
};

const labelsOf = ({ surroundings }: Reading, name: string): Program['labels'] => {
  const { source, licence } = surroundings;
  return [
    ['title', name],
    ...(source === undefined ? [] : [['source', source] as const]),
    ...(licence === undefined ? [] : [['licenses', licence] as const]),
  ];
};

const programOf = (
  reading: Reading,
  choices: GenerateChoices,
  main: string,
  runPackages: readonly string[],
): Program => {
  const layout = layoutOf(reading.facts, main);
  const signals = reading.signals(dirOf(main));
  const port = main === choices.main ? choices.port : signals.ports[0];
  const name = programName(layout);
  const wants = (extra: GenerateChoices['extras'][number]): boolean => choices.extras.includes(extra);
  return {
    name,
    output: `/out/${name}`,
    path: `/usr/local/bin/${name}`,
    operand: layout.operand,
    final: finalImage(choices.base),
    runPackages,
    ...needsOf(reading, choices.base, layout, dirOf(main)),
    runtimeFiles: runtimeFiles(reading.facts, signals),
    port: port === undefined ? undefined : String(port),
    labels: wants('labels') ? labelsOf(reading, name) : [],
    healthcheck: wants('healthcheck') ? healthcheckOf(signals, choices.base, port) : undefined,
  };
};

/** Names the second of two programs with one name after its folder too. */
const distinct = (programs: readonly Program[]): readonly Program[] => {
  const seen = new Set<string>();
  return programs.map((program) => {
    const folder = program.operand
      .split('/')
      .at(-2)
      ?.replace(/[^\w-]+/g, '');
    const name = seen.has(program.name) ? `${folder || 'other'}-${program.name}` : program.name;
    seen.add(name);
    return { ...program, name, output: `/out/${name}`, path: `/usr/local/bin/${name}` };
  });
};

/** The programs that are asked for, the one without a target first. Those of another module than the first are left out. */
export const programsOf = (
  reading: Reading,
  choices: GenerateChoices,
  runPackages: readonly string[],
): readonly Program[] => {
  const { dir } = layoutOf(reading.facts, choices.main);
  const others = choices.others.filter((main) => main !== choices.main && layoutOf(reading.facts, main).dir === dir);
  return distinct([choices.main, ...others].map((main) => programOf(reading, choices, main, runPackages)));
};
