import { readFile } from 'node:fs/promises';
import { parseDockerfile } from '../analysis/dockerfile/parse.ts';
import { copySources } from '../project/copy-sources.ts';
import type { BuildChoices, BuildOutcome, BuildRequest } from '../protocol.ts';
import { budgetOf } from './budget.ts';
import { chooseContext } from './build-context.ts';
import { choicesOf, openQuestions } from './build-questions.ts';
import { pathOf } from './documents.ts';
import type { BuildJob } from './engine.ts';
import type { Session } from './session.ts';

/** A build that may begin. */
export interface Prepared {
  readonly job: BuildJob;
}

const failed = (reason: string): BuildOutcome => ({ kind: 'failed', reason });

/** Finds out what to build and where; an outcome when that is not possible, or a question. `contexts` are earlier answers. */
export async function prepareBuild(
  session: Session,
  contexts: Map<string, string>,
  { uri, context, options = {} }: BuildRequest,
): Promise<Prepared | BuildOutcome> {
  const { builds, client, environment, projects, settings } = session;
  if (!environment.trusted()) return failed('Building runs the steps of the Dockerfile: trust this workspace first.');
  const dockerfile = pathOf(uri);
  if (dockerfile === undefined) return failed('Only a Dockerfile on disk can be built: save it first.');
  const text = await readFile(dockerfile, 'utf8').catch(() => undefined);
  if (text === undefined) return failed(`${dockerfile} cannot be read: save it first.`);
  const parsed = parseDockerfile(text);
  const candidates = context === undefined ? await projects.contexts(dockerfile, copySources(parsed)) : [context];
  const chosen = await chooseContext(session, candidates, contexts.get(uri));
  if (chosen === undefined) return { kind: 'choose-context', candidates };
  contexts.set(uri, chosen);
  // Other editors have nothing to ask with: what the file needs and nobody says has no value.
  const questions = client.clientCommands ? openQuestions(parsed, options) : [];
  if (questions.length > 0) return { kind: 'choose-options', questions };
  const { engine, sizeBudget } = await settings.of(uri);
  const previousSize = builds.measured(uri)?.outcome.size;
  const budget = budgetOf(parsed, sizeBudget);
  return { job: { dockerfile, context: chosen, text, settings: engine, options, previousSize, budget } };
}

/** What can be chosen for a build; nothing for a file that cannot be read. */
export async function buildChoices({ projects }: Session, uri: string): Promise<BuildChoices> {
  const dockerfile = pathOf(uri);
  const text = dockerfile === undefined ? '' : await readFile(dockerfile, 'utf8').catch(() => '');
  const parsed = parseDockerfile(text);
  if (dockerfile === undefined) return choicesOf(parsed, [], []);
  const sources = copySources(parsed);
  const [contexts, { callers = [] }] = await Promise.all([
    projects.contexts(dockerfile, sources),
    projects.facts(dockerfile, sources),
  ]);
  return choicesOf(parsed, contexts, callers);
}
