import type { Reading } from '../analysis/go/reading.ts';
import type { Tri } from '../analysis/known.ts';
import type { FinalBase } from '../protocol.ts';
import { cgoNeed, looksUpUsers } from './cgo.ts';
import { dirOf, type Layout } from './layout.ts';
import { systemPackages } from './system-packages.ts';

/** A base and the reason for it in one line. */
export interface Recommendation {
  readonly base: FinalBase;
  readonly why: string;
}

const forC = (reading: Reading, layout: Layout): Recommendation | undefined => {
  const cgo = cgoNeed(reading.facts, layout.main);
  if (!cgo) return undefined;
  const { run } = systemPackages(reading, layout.main, { cgo: true, base: 'debian' });
  if (run.length > 0) return { base: 'debian', why: `links ${run.join(', ')}, which apt installs` };
  if (cgo.cxx)
    return { base: 'distroless-cc', why: 'contains C++ and needs libstdc++, and no shell: distroless/cc has it' };
  return { base: 'distroless-base', why: 'needs a C library, and no shell: distroless/base has glibc' };
};

const inWords = (things: readonly string[]): string => {
  const last = things.at(-1) ?? '';
  return things.length < 2 ? last : `${things.slice(0, -1).join(', ')} and ${last}`;
};

/** The smallest base in which nothing is missing. */
export const recommend = (reading: Reading, layout: Layout, main: string): Recommendation => {
  const withC = forC(reading, layout);
  if (withC) return withC;
  const { outboundTls, timeZones, embedsZones, tempFiles } = reading.signals(dirOf(main));
  const zones = embedsZones ? 'no' : timeZones;
  const users = looksUpUsers(reading.facts, layout.main);
  const needs: readonly (readonly [Tri, string, string])[] = [
    [outboundTls, 'speaks TLS', 'certificates'],
    [zones, 'asks for time zones', 'zones'],
    [tempFiles, 'writes temporary files', '/tmp'],
    [users ? 'yes' : 'no', 'looks up its user', '/etc/passwd'],
  ];
  const met = needs.filter(([need]) => need !== 'no');
  if (met.length === 0) return { base: 'scratch', why: 'static binary that needs nothing else' };
  const sure = met.filter(([need]) => need === 'yes').map(([, does]) => does);
  const maybe = met.filter(([need]) => need === 'unknown').map(([, does]) => does);
  const said = [
    ...(sure.length > 0 ? [inWords(sure)] : []),
    ...(maybe.length > 0 ? [`perhaps ${inWords(maybe)}`] : []),
  ];
  const has = inWords(met.map(([, , thing]) => thing));
  return { base: 'distroless-static', why: `static binary, ${said.join(', ')}: distroless/static has ${has}` };
};
