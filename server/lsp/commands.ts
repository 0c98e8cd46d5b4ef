import { ErrorCodes, type ExecuteCommandParams, ResponseError } from 'vscode-languageserver/node';
import { type BuildRequest, serverCommands } from '../protocol.ts';
import type { BuildCommands } from './build.ts';
import type { Generator } from './generate.ts';
import { choicesOf } from './generate-choices.ts';
import type { Session } from './session.ts';

/** `workspace/executeCommand`: each command takes one object; an argument of another shape is an error with a sentence. */
export function offerCommands({ connection }: Session, builds: BuildCommands, generator: Generator): void {
  connection.onExecuteCommand(async ({ command, ...params }, token, progress) => {
    const argument = argumentOf(params);
    switch (command) {
      case serverCommands.build:
        return builds.build(buildRequest(argument), token, params.workDoneToken === undefined ? undefined : progress);
      case serverCommands.cancelBuild:
        return builds.cancel(text(argument.uri));
      case serverCommands.plan:
        return generator.plan(required(argument, 'folder'), text(argument.main));
      case serverCommands.generate:
        return generator.generate(required(argument, 'folder'), choicesOf(argument.choices));
      default:
        throw invalid(`There is no command ${command}.`);
    }
  });
}

const invalid = (message: string): ResponseError<void> => new ResponseError(ErrorCodes.InvalidParams, message);

type Argument = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Argument => typeof value === 'object' && value !== null;

function argumentOf({ arguments: values }: Omit<ExecuteCommandParams, 'command'>): Argument {
  const value: unknown = values?.[0];
  return isObject(value) ? value : {};
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function required(argument: Argument, name: string): string {
  const value = text(argument[name]);
  if (value === undefined) throw invalid(`The command needs { ${name} }.`);
  return value;
}

function buildRequest(argument: Argument): BuildRequest {
  const context = text(argument.context);
  return { uri: required(argument, 'uri'), ...(context !== undefined && { context }) };
}
