import { ErrorCodes, type ExecuteCommandParams, ResponseError } from 'vscode-languageserver/node';
import {
  type BuildRequest,
  type Comparand,
  type ImproveOutcome,
  type PastBuild,
  type ReportRequest,
  type SbomRequest,
  sbomFormats,
  serverCommands,
} from '../protocol.ts';
import type { BuildCommands } from './build.ts';
import { readBuildOptions } from './build-options.ts';
import { buildChoices } from './build-preparation.ts';
import type { Engine } from './engine.ts';
import { fixAllFiles } from './fix-all.ts';
import type { Generator } from './generate.ts';
import { choicesOf } from './generate-choices.ts';
import { reportPage } from './report.ts';
import { billOfMaterials } from './sbom.ts';
import type { Session } from './session.ts';

/** `workspace/executeCommand`: each command takes one object; an argument of another shape is an error with a sentence. */
export function offerCommands(session: Session, builds: BuildCommands, engine: Engine, generator: Generator): void {
  session.connection.onExecuteCommand(async ({ command, ...params }, token, progress) => {
    const argument = argumentOf(params);
    switch (command) {
      case serverCommands.build:
        return builds.build(buildRequest(argument), token, params.workDoneToken === undefined ? undefined : progress);
      case serverCommands.buildChoices:
        return buildChoices(session, required(argument, 'uri'));
      case serverCommands.cancelBuild:
        return builds.cancel(text(argument.uri));
      case serverCommands.report:
        return reportPage(session, engine, reportRequest(argument), token);
      case serverCommands.sbom:
        return billOfMaterials(session, engine, sbomRequest(argument), token);
      case serverCommands.plan:
        return generator.plan(required(argument, 'folder'), text(argument.main));
      case serverCommands.generate:
        return generator.generate(required(argument, 'folder'), choicesOf(argument.choices));
      case serverCommands.improve:
        return improved(session, generator, required(argument, 'uri'));
      case serverCommands.fixAll:
        return fixAllFiles(session, required(argument, 'uri'));
      default:
        throw invalid(`There is no command ${command}.`);
    }
  });
}

async function improved({ checks }: Session, generator: Generator, uri: string): Promise<ImproveOutcome> {
  const check = await checks.of(uri);
  if (check?.context === undefined)
    return { reason: 'The file is not open, or nothing is known of its build context.' };
  return generator.improve(check.context, check.document.getText());
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
  const options = readBuildOptions(argument.options);
  return { uri: required(argument, 'uri'), options, ...(context !== undefined && { context }) };
}

function reportRequest(argument: Argument): ReportRequest {
  const { history, compare } = argument;
  return {
    uri: required(argument, 'uri'),
    start: argument.start === true,
    scan: argument.scan === true,
    ...(isObject(compare) && { compare: comparand(compare) }),
    ...(Array.isArray(history) && { history: history.filter(isPastBuild) }),
  };
}

function sbomRequest(argument: Argument): SbomRequest {
  const format = sbomFormats.find((one) => one === argument.format);
  if (!format) throw invalid(`The command needs { format }: ${sbomFormats.join(' or ')}.`);
  return { uri: required(argument, 'uri'), format };
}

function comparand(argument: Argument): Comparand {
  if (isObject(argument.build)) return { build: buildRequest(argument.build), name: required(argument, 'name') };
  const image = required(argument, 'image');
  // What begins with a dash would be an option of the engine.
  if (!/^\w/.test(image)) throw invalid(`"${image}" is no name of an image.`);
  return { image };
}

const isPastBuild = (value: unknown): value is PastBuild =>
  isObject(value) && [value.at, value.size, value.milliseconds].every((number) => Number.isSafeInteger(number));
