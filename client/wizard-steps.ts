import type { GenerateChoices, GeneratePlan, Option } from '../server/protocol.ts';
import { type Answer, askText, type Choice, type Position, pickMany, pickOne } from './wizard-pick.ts';

/** What is known when a question is asked. */
export interface WizardState {
  readonly plan: GeneratePlan;
  readonly choices: GenerateChoices;
}

/** One question: what it changes. */
export interface WizardStep {
  readonly isAsked: (plan: GeneratePlan) => boolean;
  readonly ask: (state: WizardState, position: Position) => Promise<Answer<Partial<GenerateChoices>>>;
}

const always = (): boolean => true;

const map = <T, U>(answer: Answer<T>, change: (value: T) => U): Answer<U> =>
  answer === undefined || answer === 'back' ? answer : { value: change(answer.value) };

const recommended = (is: boolean): string => (is ? 'recommended' : '');

const choicesOf = <T extends string>(options: readonly Option<T>[], best: T | undefined): Choice<T>[] =>
  options.map(({ id, label, detail }) => ({ label, detail, description: recommended(id === best), value: id }));

/** The folder of one program, or all of them; several become targets. */
const program: WizardStep = {
  isAsked: ({ mains }) => mains.length > 1,
  ask: async ({ plan, choices }, position) => {
    const all = `All ${plan.mains.length} programs`;
    const items: Choice<string>[] = [
      ...choicesOf(plan.mains, plan.recommended.main),
      { label: all, detail: 'one image each, chosen with docker build --target', value: '*' },
    ];
    const active = choices.others.length > 0 ? '*' : choices.main;
    return map(await pickOne(position, 'Which program does the image run?', items, active), (value) => {
      if (value !== '*') return { main: value, others: [] };
      const others = plan.mains.map(({ id }) => id).filter((id) => id !== choices.main);
      return { main: choices.main, others };
    });
  },
};

const base: WizardStep = {
  isAsked: always,
  ask: async ({ plan, choices }, position) =>
    map(await pickOne(position, plan.why, choicesOf(plan.bases, plan.recommended.base), choices.base), (value) => ({
      base: value,
    })),
};

const cgo: WizardStep = {
  isAsked: always,
  ask: async ({ plan, choices }, position) => {
    const needs = plan.recommended.cgo;
    const off = needs
      ? 'the C code is left out: the build fails, or the program does'
      : 'a static program that runs in any image';
    const items: Choice<boolean>[] = [
      { label: 'cgo off', detail: off, description: recommended(!needs), value: false },
      {
        label: 'cgo on',
        detail: 'built with a C compiler, linked with the C library of the image',
        description: recommended(needs),
        value: true,
      },
    ];
    return map(await pickOne(position, 'C code', items, choices.cgo), (value) => ({ cgo: value }));
  },
};

const cache: WizardStep = {
  isAsked: always,
  ask: async ({ choices }, position) => {
    const items: Choice<GenerateChoices['cache']>[] = [
      {
        label: 'Cache mounts',
        detail: 'a rebuild after an edit takes seconds; the cache stays with the builder',
        value: 'mounts',
      },
      {
        label: 'Layers',
        detail: 'caches that a registry or CI without a builder of its own can share',
        value: 'layers',
      },
    ];
    return map(await pickOne(position, 'What a rebuild starts from', items, choices.cache), (value) => ({
      cache: value,
    }));
  },
};

type PlatformSet = readonly [set: readonly string[], detail: string];

const platformSets = (cgo: boolean): readonly PlatformSet[] => {
  const how = cgo ? 'C code is compiled under emulation (QEMU), slowly' : 'compiled without emulation';
  return [
    [[], 'the shortest file'],
    [['linux/amd64', 'linux/arm64'], `servers and laptops; ${how}`],
    [['linux/amd64', 'linux/arm64', 'linux/arm/v7'], `small boards too; ${how}`],
  ];
};

const platforms: WizardStep = {
  isAsked: always,
  ask: async ({ plan, choices }, position) => {
    const usual = platformSets(choices.cgo);
    const asked = plan.recommended.platforms;
    const isUsual = usual.some(([set]) => set.join() === asked.join());
    const sets = isUsual ? usual : [[asked, 'what compose, Bake and workflow files ask for'] as const, ...usual];
    const items = sets.map(
      ([set, detail]): Choice<string> => ({
        label: set.join(', ') || 'The platform of the builder',
        detail,
        description: recommended(set.join() === asked.join()),
        value: set.join(),
      }),
    );
    return map(await pickOne(position, 'Platforms', items, choices.platforms.join()), (value) => ({
      platforms: value === '' ? [] : value.split(','),
    }));
  },
};

const isPort = (text: string): boolean => text === '' || (/^\d{1,5}$/.test(text) && +text >= 1 && +text <= 65_535);

const port: WizardStep = {
  isAsked: always,
  ask: async ({ choices }, position) => {
    const shown = choices.port === undefined ? '' : String(choices.port);
    const problem = (text: string): string | undefined =>
      isPort(text) ? undefined : 'A number from 1 to 65535, or nothing';
    const answer = await askText(position, 'The port the program listens on; empty for none', shown, problem);
    return map(answer, (text) => ({ port: text === '' ? undefined : Number(text) }));
  },
};

const credentials: WizardStep = {
  isAsked: (plan) => plan.credentials.length > 0,
  ask: async ({ plan, choices }, position) =>
    map(
      await pickOne(
        position,
        'How private modules are fetched',
        choicesOf(plan.credentials, plan.recommended.credentials),
        choices.credentials,
      ),
      (value) => ({ credentials: value }),
    ),
};

const commentsLine = { label: 'Comments', detail: 'say why beside the instructions', value: 'comments' } as const;

const extras: WizardStep = {
  isAsked: always,
  ask: async ({ plan, choices }, position) => {
    const items = [commentsLine, ...choicesOf(plan.extras, undefined)];
    const ticked = [...(choices.comments ? ['comments' as const] : []), ...choices.extras];
    return map(await pickMany(position, 'What else the Dockerfile has', items, ticked), (values) => ({
      comments: values.includes('comments'),
      extras: values.filter((value) => value !== 'comments'),
    }));
  },
};

const beside: WizardStep = {
  isAsked: always,
  ask: async ({ plan, choices }, position) =>
    map(await pickMany(position, 'Files beside it', choicesOf(plan.beside, undefined), choices.beside), (value) => ({
      beside: value,
    })),
};

/** The questions in their order; the program decides what is recommended in all the others. */
export const wizardSteps: readonly WizardStep[] = [
  program,
  base,
  cgo,
  cache,
  platforms,
  port,
  credentials,
  extras,
  beside,
];
