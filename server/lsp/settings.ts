import { type Connection, DidChangeConfigurationNotification } from 'vscode-languageserver/node';
import { type Config, onDay, parseConfig } from '../analysis/config.ts';
import { rules } from '../analysis/rules/index.ts';
import { type EngineSettings, engineNames } from '../image/engine-model.ts';
import type { ClientAbilities } from './capabilities.ts';
import type { OnReady } from './session.ts';

/** The `goDockerfile` settings of one document, defaults filled in. */
export interface DocumentSettings {
  readonly config: Config;
  readonly engine: EngineSettings;
  readonly syntaxDiagnostics: 'auto' | 'on' | 'off';
  readonly codeLens: boolean;
}

/** Reads and remembers settings; the same object until they change. */
export interface Settings {
  readonly of: (uri: string) => Promise<DocumentSettings>;
  readonly forget: (uri: string) => void;
  /** Calls back after every change. */
  readonly onChange: (listener: () => void) => void;
}

const section = 'goDockerfile';

/** Settings by `workspace/configuration` where the client answers that, else as pushed by `workspace/didChangeConfiguration`. */
export function createSettings(
  connection: Connection,
  client: ClientAbilities,
  onReady: OnReady,
  today: () => Date,
): Settings {
  const known = new Map<string, Promise<DocumentSettings>>();
  const listeners: (() => void)[] = [];
  const parse = (settings: unknown): DocumentSettings => parseSettings(settings, today());
  let pushed = parse(undefined);
  connection.onDidChangeConfiguration(({ settings }) => {
    known.clear();
    if (!client.configuration) pushed = parse(settings?.[section] ?? settings);
    for (const listener of listeners) listener();
  });
  onReady(() => {
    if (!client.registersConfiguration) return;
    void connection.client.register(DidChangeConfigurationNotification.type, { section }).catch(() => undefined);
  });
  const ask = async (uri: string): Promise<DocumentSettings> => {
    try {
      return parse(await connection.workspace.getConfiguration({ scopeUri: uri, section }));
    } catch {
      // A client that promised and does not answer must not cost the user the findings.
      return parse(undefined);
    }
  };
  return {
    of: (uri) => {
      if (!client.configuration) return Promise.resolve(pushed);
      const settings = known.get(uri) ?? ask(uri);
      known.set(uri, settings);
      return settings;
    },
    forget: (uri) => void known.delete(uri),
    onChange: (listener) => void listeners.push(listener),
  };
}

/** Settings of unknown origin; what is not understood gets its default. */
function parseSettings(settings: unknown, today: Date): DocumentSettings {
  const codeLens = field(settings, 'codeLens');
  return {
    config: onDay(withoutDefaults(parseConfig(settings)), today),
    engine: {
      engine: oneOf(field(settings, 'engine'), engineNames),
      enginePath: text(field(settings, 'enginePath')),
      builder: text(field(field(settings, 'build'), 'builder')),
    },
    syntaxDiagnostics: oneOf(field(settings, 'syntaxDiagnostics'), ['auto', 'on', 'off']),
    codeLens: field(codeLens, 'enable') !== false,
  };
}

/** VS Code sends the default of every setting; a rule may be less severe in a single case only when nobody chose a level. */
function withoutDefaults(config: Config): Config {
  const defaults = new Map<string, string>(rules.map(({ id, severity }) => [id, severity]));
  const chosen = Object.entries(config.rules).filter(([id, level]) => defaults.get(id) !== level);
  return { rules: Object.fromEntries(chosen) };
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const oneOf = <const T extends string>(value: unknown, allowed: readonly [T, ...T[]]): T =>
  allowed.find((candidate) => candidate === value) ?? allowed[0];
