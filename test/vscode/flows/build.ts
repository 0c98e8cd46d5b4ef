import assert from 'node:assert/strict';
import { type CodeAction, type CodeLens, commands, Range, tasks, type Uri, workspace } from 'vscode';
import { type BuildOutcome, clientCommands } from '../../../server/protocol.ts';
import { fileUri, openFile, until } from '../editor.ts';
import { itOnScreen, lensText, onScreen, picture } from '../screen.ts';

/** Set by main.ts: a Go image that the engine has. Without it there is nothing to build with. */
const golang = process.env.GO_DOCKERFILE_TEST_GOLANG;
const needs = ' (no container engine with a golang image; enable with: npm run lab)';
/** Mocha's own functions exist only once the flows are registered. */
export const itBuilds = (title: string, test: () => Promise<void>): Mocha.Test =>
  golang ? it(title, test) : it.skip(`${title}${needs}`, test);
export const itBuildsOnScreen = (title: string, test: () => Promise<void>): Mocha.Test =>
  golang ? itOnScreen(title, test) : it.skip(`${title}${needs}`, test);

export const dockerfile = (step: string): string => `FROM ${golang} AS build
WORKDIR /src
COPY go.mod ./
RUN go mod download
COPY . .
RUN ${step}

FROM scratch
COPY --from=build /out/built /built
USER 65532:65532
ENTRYPOINT ["/built"]
`;

export function buildFlow(): void {
  describe('the code lens', () => {
    itOnScreen('asks for the build context when two folders fit, and Escape builds nothing', async () => {
      await openFile('contexts/docker/Dockerfile');
      const outcome = buildWithLens(fileUri('contexts/docker/Dockerfile'));
      await onScreen({ do: 'gone', selector: '.notification-toast' });
      await picture('choose-context', { selector: '.quick-input-widget', hasText: 'build context' });
      await onScreen({ do: 'press', key: 'Escape' });
      assert.equal(await outcome, undefined);
    });

    itBuilds('builds with the engine and says the size', async () => {
      // A source of its own makes sure that the steps run, so that the running lens can be seen.
      const source = `package main\n\nconst run = ${Date.now()}\n`;
      await workspace.fs.writeFile(fileUri('built/run.go'), new TextEncoder().encode(source));
      const uri = await writeAndOpen('built/Dockerfile', dockerfile('CGO_ENABLED=0 go build -o /out/built .'));
      const outcome = buildWithLens(uri);
      await lensText(/\d+ s/);
      await picture('lens-running', { selector: '.notification-toast', hasText: 'Building image' });
      const built = await outcome;
      assert.equal(built?.kind, 'built', JSON.stringify(built));
      assert.ok(built.size > 1_000_000 && built.size < 20_000_000, `${built.size} bytes`);
      assert.match(await titleWhen(uri, /MB/), /^\d+\.\d MB · \d+\.\d MB to pull · \d+(\.\d)? s$/);
      await picture('lens-done', { selector: '.codelens-decoration', hasText: 'MB' });
    });

    itBuilds('says that the size is of an earlier text after an edit', async () => {
      const editor = await openFile('built/Dockerfile');
      const { uri } = editor.document;
      const before = await titleWhen(uri, /MB/);
      await editor.edit((edit) =>
        edit.insert(editor.document.lineAt(editor.document.lineCount - 1).range.end, '# edited\n'),
      );
      await until('a stale lens', async () =>
        (await titles(uri)).find((title) => /MB/.test(title) && title !== before),
      );
      await picture('lens-stale', { selector: '.codelens-decoration', hasText: 'last edits' });
      await commands.executeCommand('workbench.action.files.revert');
    });

    itBuildsOnScreen('asks once for a build argument that the file needs', async () => {
      const text = dockerfile('CGO_ENABLED=0 go build -ldflags="-X main.version=$VERSION" -o /out/built .');
      const uri = await writeAndOpen('built/asking.Dockerfile', text.replace('COPY . .', 'ARG VERSION\nCOPY . .'));
      const outcome = buildWithLens(uri);
      await picture('build-argument', { selector: '.quick-input-widget', hasText: 'VERSION' });
      await onScreen({ do: 'press', key: 'Enter' });
      assert.equal((await outcome)?.kind, 'built');
      // Nothing is asked the second time.
      assert.equal((await buildWithLens(uri))?.kind, 'built');
    });

    itBuilds('runs as a task of tasks.json', async () => {
      await writeAndOpen('built/task.Dockerfile', dockerfile('CGO_ENABLED=0 go build -o /out/built .'));
      const definition = { type: 'go-dockerfile', dockerfile: 'built/task.Dockerfile', context: 'built' };
      const file = { version: '2.0.0', tasks: [{ ...definition, label: 'image' }] };
      await workspace.fs.writeFile(fileUri('.vscode/tasks.json'), new TextEncoder().encode(JSON.stringify(file)));
      const task = await until('the task', async () =>
        (await tasks.fetchTasks({ type: 'go-dockerfile' })).find(({ name }) => name === 'image'),
      );
      const ended = new Promise<number | undefined>((resolve) => {
        const subscription = tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
          if (execution.task.name !== 'image') return;
          subscription.dispose();
          resolve(exitCode);
        });
      });
      await tasks.executeTask(task);
      assert.equal(await ended, 0);
      await commands.executeCommand('workbench.action.closePanel');
    });

    itBuildsOnScreen('offers log, cancel and restart on a second click', async () => {
      const uri = await writeAndOpen('built/twice.Dockerfile', dockerfile('sleep 299 && go build -o /out/built .'));
      const outcome = buildWithLens(uri);
      await titleWhen(uri, /sleep 299/, 60);
      const second = commands.executeCommand(clientCommands.build, uri);
      await picture('second-click', { selector: '.quick-input-widget', hasText: 'Cancel and Build Again' });
      await onScreen({ do: 'press', key: 'ArrowDown' });
      await onScreen({ do: 'press', key: 'Enter' });
      assert.equal(await second, undefined);
      assert.equal((await outcome)?.kind, 'cancelled');
    });

    itBuilds('stops on cancel', async () => {
      const uri = await writeAndOpen('built/slow.Dockerfile', dockerfile('sleep 300 && go build -o /out/built .'));
      const outcome = buildWithLens(uri);
      await titleWhen(uri, /sleep 300/, 60);
      await commands.executeCommand(clientCommands.cancelBuild, uri.toString());
      assert.equal((await outcome)?.kind, 'cancelled');
    });

    itBuilds('names the line that failed and shows the log', async () => {
      const uri = await writeAndOpen('built/broken.Dockerfile', dockerfile('go build -o /out/built ./nothing-here'));
      const outcome = await buildWithLens(uri);
      assert.equal(outcome?.kind, 'failed', JSON.stringify(outcome));
      assert.equal(outcome.line, 5);
      assert.equal(outcome.cause, 'package-not-found');
      // The rule's own place is further to the right: this is the failure's.
      await isOffered(uri, 5, 'Build .');
      await onScreen({ do: 'gone', selector: '.notification-toast', hasText: 'Building image' });
      await picture(
        'build-failed',
        { selector: '.notification-toast' },
        { selector: '.xterm-rows', hasText: 'nothing-here' },
      );
      await onScreen({ do: 'press', key: 'Escape' });
      await commands.executeCommand('workbench.action.closePanel');
      await commands.executeCommand('notifications.clearAll');
    });
  });
}

/** Resolves when the lightbulb of a line offers a quick fix of this title. */
const isOffered = (uri: Uri, line: number, fix: string): Promise<unknown> =>
  until(`the quick fix ${fix}`, async () => {
    const range = new Range(line, 0, line, 10);
    const actions = await commands.executeCommand<CodeAction[]>('vscode.executeCodeActionProvider', uri, range);
    return actions?.find(({ title }) => title === fix);
  });

export async function writeAndOpen(relative: string, text: string): Promise<Uri> {
  const uri = fileUri(relative);
  await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  await openFile(relative);
  return uri;
}

const lenses = async (uri: Uri): Promise<readonly CodeLens[]> =>
  (await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', uri)) ?? [];

const titles = async (uri: Uri): Promise<readonly string[]> =>
  (await lenses(uri)).flatMap(({ command }) => command?.title ?? []);

const titleWhen = (uri: Uri, pattern: RegExp, seconds = 30): Promise<string> =>
  until(`a lens like ${pattern}`, async () => (await titles(uri)).find((title) => pattern.test(title)), seconds);

/** Does what a click on the lens does. */
export async function buildWithLens(uri: Uri): Promise<BuildOutcome | undefined> {
  const lens = await until('the lens', async () =>
    (await lenses(uri)).find(({ command }) => command?.command === clientCommands.build),
  );
  assert.equal(lens.range.start.line, 0);
  return commands.executeCommand(clientCommands.build, ...(lens.command?.arguments ?? []));
}
