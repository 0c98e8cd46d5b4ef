import { type Disposable, type QuickInput, QuickInputButtons, type QuickPickItem, window } from 'vscode';

/** Where a question stands among all of them. */
export interface Position {
  readonly title: string;
  /** From 1. */
  readonly step: number;
  readonly totalSteps: number;
}

/** `back` to the question before; undefined when the user gave up. */
export type Answer<T> = { readonly value: T } | 'back' | undefined;

/** A line of a question. */
export interface Choice<T> extends QuickPickItem {
  readonly value: T;
}

/** Shows an input until it is accepted, gone back from, or closed. */
function ask<T>(
  input: QuickInput,
  position: Position,
  accepted: (accept: (value: T) => void) => Disposable[],
): Promise<Answer<T>> {
  return new Promise((resolve) => {
    const listeners: Disposable[] = [];
    const end = (answer: Answer<T>): void => {
      resolve(answer);
      for (const listener of listeners) listener.dispose();
      input.dispose();
    };
    input.title = position.title;
    input.step = position.step;
    input.totalSteps = position.totalSteps;
    // The previews of the last step take the focus.
    input.ignoreFocusOut = true;
    listeners.push(
      ...accepted((value) => end({ value })),
      input.onDidHide(() => end(undefined)),
    );
    input.show();
  });
}

/** One line of several; the active one is taken by Enter. */
export async function pickOne<T>(
  position: Position,
  placeholder: string,
  choices: readonly Choice<T>[],
  active: T,
): Promise<Answer<T>> {
  const input = window.createQuickPick<Choice<T>>();
  input.placeholder = placeholder;
  input.matchOnDetail = true;
  input.items = choices;
  input.activeItems = choices.filter(({ value }) => value === active);
  let back = false;
  if (position.step > 1) input.buttons = [QuickInputButtons.Back];
  const answer = await ask<T>(input, position, (accept) => [
    input.onDidTriggerButton(() => {
      back = true;
      input.hide();
    }),
    input.onDidAccept(() => {
      const [item] = input.activeItems;
      if (item) accept(item.value);
    }),
  ]);
  return back ? 'back' : answer;
}

/** Lines with boxes; Enter takes those that are ticked. */
export async function pickMany<T>(
  position: Position,
  placeholder: string,
  choices: readonly Choice<T>[],
  ticked: readonly T[],
): Promise<Answer<readonly T[]>> {
  const input = window.createQuickPick<Choice<T>>();
  input.placeholder = placeholder;
  input.canSelectMany = true;
  input.items = choices;
  input.selectedItems = choices.filter(({ value }) => ticked.includes(value));
  input.buttons = [QuickInputButtons.Back];
  let back = false;
  const answer = await ask<readonly T[]>(input, position, (accept) => [
    input.onDidTriggerButton(() => {
      back = true;
      input.hide();
    }),
    input.onDidAccept(() => accept(input.selectedItems.map(({ value }) => value))),
  ]);
  return back ? 'back' : answer;
}

/** A line of text that `problem` finds nothing wrong with. */
export async function askText(
  position: Position,
  prompt: string,
  value: string,
  problem: (text: string) => string | undefined,
): Promise<Answer<string>> {
  const input = window.createInputBox();
  input.prompt = prompt;
  input.value = value;
  input.buttons = [QuickInputButtons.Back];
  let back = false;
  const answer = await ask<string>(input, position, (accept) => [
    input.onDidTriggerButton(() => {
      back = true;
      input.hide();
    }),
    input.onDidChangeValue((text) => {
      input.validationMessage = problem(text);
    }),
    input.onDidAccept(() => {
      if (problem(input.value) === undefined) accept(input.value);
    }),
  ]);
  return back ? 'back' : answer;
}
