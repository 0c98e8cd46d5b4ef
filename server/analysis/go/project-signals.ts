import type { Tri } from '../known.ts';
import { packageAt } from './package-at.ts';
import {
  buildInfoReader,
  isSettable,
  type ProgramCode,
  type ProgramPackage,
  programCode,
  variablesOf,
} from './program-code.ts';
import { embedPatterns, openedPaths } from './program-files.ts';
import type { GoVariable, Health, ProjectFacts } from './project-facts.ts';
import { embedsZones, outboundTls, temporaryFiles, timeZones } from './runtime-needs.ts';
import { servedPorts } from './served-ports.ts';

/** What the sources of one program say about the image it needs: hints for the generator, never grounds for a finding. */
export interface ProgramSignals {
  /** It opens TLS connections to others, and so needs CA certificates. */
  readonly outboundTls: Tri;
  /** It loads time zones by name, and so needs zoneinfo. */
  readonly timeZones: Tri;
  /** It imports time/tzdata: the zones are inside the binary. */
  readonly embedsZones: boolean;
  /** It makes temporary files in the default folder, and so needs /tmp. */
  readonly tempFiles: Tri;
  /** Ports it serves at by its own literals and defaults, in the order met; empty when none is written out. */
  readonly ports: readonly number[];
  /** Files of the embed patterns, relative to the context. */
  readonly embeds: readonly string[];
  /** Variable for its version, as `-ldflags "-X NAME=…"` names it: of package main, or of a package `version`. */
  readonly versionVariable: string | undefined;
  /** Its own code asks what it was built from. */
  readonly readsBuildInfo: boolean;
  /** Files opened by a literal relative path, as written. */
  readonly relativeFiles: readonly string[];
  /** How it can be asked whether it is well. */
  readonly health: Health;
  /** Folders of its packages for which `go generate` makes code. */
  readonly generates: readonly string[];
}

const nothingKnown: ProgramSignals = {
  outboundTls: 'unknown',
  timeZones: 'unknown',
  embedsZones: false,
  tempFiles: 'unknown',
  ports: [],
  embeds: [],
  versionVariable: undefined,
  readsBuildInfo: false,
  relativeFiles: [],
  health: { argument: undefined, route: undefined },
  generates: [],
};

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];

const joined = (dir: string, name: string): string => (dir === '' ? name : `${dir}/${name}`);

const settable = (code: ProgramPackage): readonly GoVariable[] => variablesOf(code).filter(isSettable);

/** `version`, `Version`, else `buildVersion` … that the linker can set; not the versions of other things. */
const versionOfMain = (main: ProgramPackage): string | undefined => {
  const names = settable(main).map(({ name }) => name);
  const found =
    names.find((name) => /^version$/i.test(name)) ??
    names.find((name) => /^(?:app|application|build|program|release|main|my|git|our|semver?)_?version$/i.test(name));
  return found && `main.${found}`;
};

/** A `Version` with a literal: one without a value is as likely written by the package itself. */
const versionOfPackage = (code: ProgramPackage): string | undefined => {
  const { importPath } = code.known;
  if (!/\/(?:version|versioninfo|buildinfo)$/.test(importPath)) return undefined;
  return settable(code).some(({ name, initial }) => name === 'Version' && initial === 'text')
    ? `${importPath}.Version`
    : undefined;
};

const versionVariable = ({ main, packages }: ProgramCode): string | undefined =>
  (main && versionOfMain(main)) ?? packages.map(versionOfPackage).find((name) => name !== undefined);

const healthOf = ({ packages }: ProgramCode): Health => {
  const said = packages.flatMap(({ files }) => files.flatMap(({ code }) => code?.health ?? []));
  return {
    argument: said.find((each) => each.argument !== undefined)?.argument,
    route: said.find((each) => each.route !== undefined)?.route,
  };
};

const generatesIn = ({ packages }: ProgramCode): readonly string[] =>
  packages.filter(({ files }) => files.some(({ generates }) => generates)).flatMap(({ known }) => known.dir ?? []);

/**
 * The signals of the program in a folder of the context, built for Linux with cgo and without tags. Without a package
 * there, or without its sources, everything is unknown.
 */
export const programSignals = (facts: ProjectFacts, mainDir: string): ProgramSignals => {
  const known = packageAt(facts, mainDir);
  const program = known && programCode(facts, known.importPath, { tags: new Set(), cgo: true });
  if (!program) return nothingKnown;
  return {
    outboundTls: outboundTls(program).verdict,
    timeZones: timeZones(program).verdict,
    embedsZones: embedsZones(program),
    tempFiles: temporaryFiles(program).verdict,
    ports: servedPorts(program),
    embeds: unique(embedPatterns(program).map(({ dir, pattern }) => joined(dir, pattern.replace(/^all:/, '')))),
    versionVariable: versionVariable(program),
    readsBuildInfo: buildInfoReader(program) !== undefined,
    relativeFiles: unique(openedPaths(program).map(({ path }) => path)),
    health: healthOf(program),
    generates: generatesIn(program),
  };
};
