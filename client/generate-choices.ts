import { env, type Memento } from 'vscode';
import type { GenerateChoices, GeneratePlan } from '../server/protocol.ts';
import type { Position } from './wizard-pick.ts';
import { type WizardState, wizardSteps } from './wizard-steps.ts';

const title = 'Generate Go Dockerfile';

/** Answers of earlier runs, by folder; only what the project still offers is taken up again. */
export interface RememberedChoices {
  readonly of: (plan: GeneratePlan) => GenerateChoices;
  readonly keep: (plan: GeneratePlan, choices: GenerateChoices) => void;
}

/** Memory in the workspace's own storage. */
export function rememberChoices(memento: Memento): RememberedChoices {
  const key = (folder: string): string => `goDockerfile.choices:${folder}`;
  return {
    of: (plan) => {
      const known: Partial<GenerateChoices> = memento.get(key(plan.folder)) ?? {};
      return stillOffered(plan, known);
    },
    keep: ({ folder }, choices) => void memento.update(key(folder), choices),
  };
}

/** What was read of the project goes before what was answered: the port, the program, the need for C. */
function stillOffered(plan: GeneratePlan, known: Partial<GenerateChoices>): GenerateChoices {
  const { recommended } = plan;
  const offers = <T>(options: readonly { readonly id: T }[], value: T | undefined): value is T =>
    options.some(({ id }) => id === value);
  const sameNeed = known.cgo === recommended.cgo;
  return {
    ...recommended,
    base: sameNeed && offers(plan.bases, known.base) ? known.base : recommended.base,
    cache: known.cache ?? recommended.cache,
    platforms: known.platforms ?? recommended.platforms,
    credentials: offers(plan.credentials, known.credentials) ? known.credentials : recommended.credentials,
    extras: known.extras?.filter((id) => offers(plan.extras, id)) ?? recommended.extras,
    beside: known.beside?.filter((id) => offers(plan.beside, id)) ?? recommended.beside,
    comments: known.comments ?? recommended.comments,
    language: env.language.startsWith('zh') ? 'zh' : 'en',
  };
}

/** Asks the server anew when the program changes, as everything else depends on it. */
export type Replan = (main: string) => Promise<GeneratePlan>;

/** What ends the questions: the files are shown and written, or the user goes back. */
export type Review = (state: WizardState, position: Position) => Promise<'done' | 'back' | undefined>;

/** One question after the other, with a way back; nothing is written before the review. Undefined: given up. */
export async function askChoices(
  first: GeneratePlan,
  remembered: RememberedChoices,
  replan: Replan,
  review: Review,
): Promise<void> {
  let state: WizardState = { plan: first, choices: remembered.of(first) };
  for (let at = 0; ; ) {
    const asked = wizardSteps.filter(({ isAsked }) => isAsked(state.plan));
    const position = { title, step: at + 1, totalSteps: asked.length + 1 };
    const step = asked[at];
    const answer = step ? await step.ask(state, position) : await review(state, position);
    if (answer === undefined) return;
    if (answer === 'back') at -= 1;
    else if (answer === 'done') return remembered.keep(state.plan, state.choices);
    else {
      state = await changed(state, answer.value, remembered, replan);
      at += 1;
    }
  }
}

async function changed(
  { plan, choices }: WizardState,
  change: Partial<GenerateChoices>,
  remembered: RememberedChoices,
  replan: Replan,
): Promise<WizardState> {
  if (change.main === undefined || change.main === choices.main) return { plan, choices: { ...choices, ...change } };
  const next = await replan(change.main);
  return { plan: next, choices: { ...remembered.of(next), ...change } };
}
