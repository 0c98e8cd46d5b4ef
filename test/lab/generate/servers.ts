import type { Engine } from '../engine.ts';
import type { Addition } from '../images/derived.ts';
import { type GeneratedCase, has } from './case.ts';
import { modulesOf } from './modules.ts';
import { privateOptions, trusting, withPrivateServer } from './private-server.ts';
import { trustingWithSsh, withSshServer } from './private-ssh.ts';

/** What the golang images need for a case, in whose project's folder the modules are named. */
export const additionOf = async (
  { program }: Engine,
  asked: GeneratedCase,
  project: string,
): Promise<Addition | undefined> => {
  if (has(asked, 'private')) return trusting;
  if (has(asked, 'ssh')) return trustingWithSsh(program);
  return asked.modules ? modulesOf(project, asked.change?.extras?.includes('debug') ?? false) : undefined;
};

/** With the server that the case asks for, and the options of docker build by which it is reached. */
export const withServers = <T>(asked: GeneratedCase, work: (options: readonly string[]) => Promise<T>): Promise<T> => {
  if (has(asked, 'ssh')) return withSshServer(work);
  if (has(asked, 'private')) return withPrivateServer(() => work(privateOptions));
  return work(asked.network ? ['--network=host'] : []);
};
