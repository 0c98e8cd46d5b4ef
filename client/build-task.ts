import path from 'node:path';
import {
  CustomExecution,
  type Disposable,
  EventEmitter,
  type Pseudoterminal,
  Task,
  type TaskDefinition,
  TaskGroup,
  type TaskScope,
  tasks,
  Uri,
  type WorkspaceFolder,
  workspace,
} from 'vscode';
import { type BuildOptions, type BuildOutcome, serverCommands } from '../server/protocol.ts';
import { type BuildRoom, type FixedBuild, runBuild } from './run-build.ts';

/** The type of our tasks in a task file. */
const taskType = 'go-dockerfile';

/** As `contributes.taskDefinitions` describes it. Paths are relative to the workspace's folder. */
interface Definition extends TaskDefinition {
  readonly dockerfile?: string;
  readonly context?: string;
  readonly target?: string;
  readonly platform?: string;
  readonly buildArgs?: Readonly<Record<string, string>>;
}

/** Builds from tasks.json: `"type": "go-dockerfile"`, alone or before a launch. */
export function registerBuildTasks(room: BuildRoom): Disposable {
  return tasks.registerTaskProvider(taskType, {
    // A build takes long and is wanted for some files only: tasks.json names them.
    provideTasks: () => [],
    resolveTask: (task) => {
      const folder = folderOf(task.scope);
      return folder && resolved(room, task, task.definition, folder);
    },
  });
}

function folderOf(scope: WorkspaceFolder | TaskScope | undefined): WorkspaceFolder | undefined {
  return typeof scope === 'object' ? scope : workspace.workspaceFolders?.[0];
}

function resolved(room: BuildRoom, given: Task, definition: Definition, folder: WorkspaceFolder): Task {
  const name = given.name || (definition.dockerfile ?? 'Dockerfile');
  const execution = new CustomExecution(async () => terminalFor(room, definition, folder));
  const task = new Task(definition, folder, name, taskType, execution, ['$go-dockerfile']);
  task.group = TaskGroup.Build;
  return task;
}

/** The build's log, and its end as a line that the problem matcher reads. Closing the terminal cancels the build. */
function terminalFor(room: BuildRoom, definition: Definition, folder: WorkspaceFolder): Pseudoterminal {
  const written = new EventEmitter<string>();
  const closed = new EventEmitter<number>();
  const file = path.resolve(folder.uri.fsPath, definition.dockerfile ?? 'Dockerfile');
  const uri = Uri.file(file);
  const log = room.view.onLog((text) => text.uri === uri.toString() && written.fire(text.text));
  const run = async (): Promise<void> => {
    const ended = await runBuild(room, uri, fixedBy(definition, folder));
    log.dispose();
    const outcome = ended?.outcome ?? { kind: 'cancelled' as const };
    written.fire(`${lastWords(file, outcome)}\r\n`);
    closed.fire(outcome.kind === 'built' ? 0 : 1);
  };
  return {
    onDidWrite: written.event,
    onDidClose: closed.event,
    open: () => void run(),
    close: () => {
      log.dispose();
      void room.server.client().then((client) =>
        client.sendRequest('workspace/executeCommand', {
          command: serverCommands.cancelBuild,
          arguments: [{ uri: uri.toString() }],
        }),
      );
    },
  };
}

function fixedBy({ context, target, platform, buildArgs }: Definition, folder: WorkspaceFolder): FixedBuild {
  const options: BuildOptions = {
    ...(target === undefined ? {} : { target }),
    ...(platform === undefined ? {} : { platform }),
    ...(buildArgs === undefined ? {} : { buildArgs }),
  };
  return { options, ...(context === undefined ? {} : { context: path.resolve(folder.uri.fsPath, context) }) };
}

function lastWords(file: string, outcome: BuildOutcome): string {
  if (outcome.kind === 'built') {
    return [outcome, ...(outcome.others ?? [])].map(({ image, size }) => `${image}: ${size} bytes`).join('\r\n');
  }
  if (outcome.kind !== 'failed') return 'The build was cancelled.';
  return `${file}:${(outcome.line ?? 0) + 1}:1: error: ${outcome.reason}`;
}
