import type { Memento } from 'vscode';
import type { BuildState, PastBuild, RememberedBuild } from '../server/protocol.ts';

const key = 'builds';
/** The last builds of so many files are kept. */
const most = 50;

/** The last build that worked of each Dockerfile, for the next window and the next server. */
export const keptBuilds = (state: Memento): readonly RememberedBuild[] =>
  state.get<readonly RememberedBuild[]>(key, []);

/** Keeps a build that worked. */
export function keepBuild(memento: Memento, state: BuildState): void {
  if (state.kind !== 'done' || state.outcome.kind !== 'built' || state.textHash === undefined) return;
  const { uri, outcome, title, tooltip, textHash } = state;
  const others = keptBuilds(memento).filter((kept) => kept.uri !== uri);
  const { size, milliseconds } = outcome;
  void rememberPast(memento, uri, { at: Date.now(), size, milliseconds });
  void memento.update(key, [...others, { uri, outcome, title, tooltip, textHash }].slice(-most));
}

const pastKey = (uri: string): string => `pastBuilds:${uri}`;
const mostPast = 20;

/** The last builds of a Dockerfile that worked, oldest first. */
export const pastBuilds = (memento: Memento, uri: string): readonly PastBuild[] =>
  memento.get<readonly PastBuild[]>(pastKey(uri), []);

const rememberPast = (memento: Memento, uri: string, build: PastBuild): Thenable<void> =>
  memento.update(pastKey(uri), [...pastBuilds(memento, uri), build].slice(-mostPast));
