import { type QuickPickItem, window } from 'vscode';
import type { GenerateChoices, GeneratePlan, Option } from '../server/protocol.ts';

const title = 'Generate Go Dockerfile';

/** A line of the screen of choices: picking it changes the choices, or ends with them. */
interface ChoiceItem extends QuickPickItem {
  readonly change: (() => Promise<GenerateChoices>) | undefined;
}

/** One screen with everything preselected: Enter accepts, picking a line changes that choice. Undefined: given up. */
export async function pickChoices(plan: GeneratePlan): Promise<GenerateChoices | undefined> {
  const main = plan.mains.length > 1 ? await pickOption('Which program?', plan.mains) : plan.recommended.main;
  if (main === undefined) return undefined;
  let choices: GenerateChoices = { ...plan.recommended, main };
  for (;;) {
    const picked = await window.showQuickPick(itemsOf(plan, choices), {
      title,
      placeHolder: 'Enter writes the files; pick a line to change it',
      matchOnDescription: true,
      ignoreFocusOut: true,
    });
    if (!picked) return undefined;
    if (!picked.change) return choices;
    choices = await picked.change();
  }
}

function itemsOf(plan: GeneratePlan, choices: GenerateChoices): readonly ChoiceItem[] {
  const base = plan.bases.find(({ id }) => id === choices.base);
  const main = plan.mains.find(({ id }) => id === choices.main);
  const accept = plan.existing.length ? 'Compare with the existing files' : 'Write Dockerfile and .dockerignore';
  // One row each, so that all of them fit on the screen.
  const line = (label: string, description: string, change: ChoiceItem['change']): ChoiceItem => ({
    label,
    description,
    change,
  });
  const toggle = (key: 'cgo' | 'comments') => async () => ({ ...choices, [key]: !choices[key] });
  return [
    { label: `$(check) ${accept}`, detail: plan.findings.join(' '), change: undefined },
    line(`$(file-binary) Program: ${main?.label ?? choices.main}`, main?.detail ?? '', () => changeMain(plan, choices)),
    line(`$(package) Final image: ${base?.label ?? choices.base}`, base?.detail ?? '', () => changeBase(plan, choices)),
    line(`$(plug) Port: ${choices.port ?? 'none'}`, 'Written as EXPOSE', () => changePort(choices)),
    line(`$(gear) cgo: ${choices.cgo ? 'on' : 'off'}`, cgoDetail(choices.cgo), toggle('cgo')),
    line(`$(database) Cache: ${choices.cache}`, cacheDetail(choices.cache), async () => otherCache(choices)),
    line(`$(globe) Cross-platform: ${yesNo(choices.platforms.length > 0)}`, crossDetail, async () => ({
      ...choices,
      platforms: choices.platforms.length > 0 ? [] : ['linux/amd64', 'linux/arm64'],
    })),
    line(`$(comment) Comments: ${yesNo(choices.comments)}`, 'Say why beside the instructions', toggle('comments')),
  ];
}

const yesNo = (value: boolean): string => (value ? 'yes' : 'no');
const crossDetail = 'Compile for the platform asked for, without emulation';
const cgoDetail = (cgo: boolean): string =>
  cgo ? 'Built with a C compiler; the image gets what the C code needs' : 'A static program that runs in any image';
const cacheDetail = (cache: GenerateChoices['cache']): string =>
  cache === 'mounts' ? 'Cache mounts: fast rebuilds on one machine' : 'Layers: caches that registries and CI can share';
const otherCache = (choices: GenerateChoices): GenerateChoices => ({
  ...choices,
  cache: choices.cache === 'mounts' ? 'layers' : 'mounts',
});

/** Giving up a question keeps the choice. */
async function changeMain(plan: GeneratePlan, choices: GenerateChoices): Promise<GenerateChoices> {
  return { ...choices, main: (await pickOption('Which program?', plan.mains)) ?? choices.main };
}

async function changeBase(plan: GeneratePlan, choices: GenerateChoices): Promise<GenerateChoices> {
  return { ...choices, base: (await pickOption('Which final image?', plan.bases)) ?? choices.base };
}

async function changePort(choices: GenerateChoices): Promise<GenerateChoices> {
  const answer = await window.showInputBox({
    title,
    prompt: 'The port the program listens on; empty for none',
    value: choices.port === undefined ? '' : String(choices.port),
    validateInput: (text) => (isPort(text) ? undefined : 'A number from 1 to 65535, or nothing'),
  });
  return answer === undefined ? choices : { ...choices, port: answer === '' ? undefined : Number(answer) };
}

const isPort = (text: string): boolean => text === '' || (/^\d{1,5}$/.test(text) && +text >= 1 && +text <= 65_535);

async function pickOption<T extends string>(
  placeHolder: string,
  options: readonly Option<T>[],
): Promise<T | undefined> {
  return (await window.showQuickPick(options, { title, placeHolder, matchOnDetail: true }))?.id;
}
