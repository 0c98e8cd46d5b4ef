import { type Connection, DidChangeConfigurationNotification } from 'vscode-languageserver/node';
import { type Config, onDay, parseConfig } from '../analysis/config.ts';
import { withFile } from '../analysis/config-file.ts';
import { rules } from '../analysis/rules/index.ts';
import { type EngineSettings, engineNames } from '../image/engine-model.ts';
import type { ConfigFile } from '../project/config-file.ts';
import type { ClientAbilities } from './capabilities.ts';
import { pathOf } from './documents.ts';
import type { Projects } from './projects.ts';
import type { OnReady } from './session.ts';

/** The `goDockerfile` settings of one document, defaults filled in. */
export interface DocumentSettings {
  /** Those of the configuration file among them, which win. */
  readonly config: Config;
  readonly configFile: ConfigFile | undefined;
  readonly engine: EngineSettings;
  readonly syntaxDiagnostics: 'auto' | 'on' | 'off';
  readonly codeLens: boolean;
  readonly inlayHints: boolean;
  /** As it is written; empty for none. */
  readonly sizeBudget: string;
}

/** Reads and remembers settings; the same object until they change. */
export interface Settings {
  readonly of: (uri: string) => Promise<DocumentSettings>;
  readonly forget: (uri: string) => void;
  /** Asks again for all documents: a configuration file was changed. */
  readonly reread: () => void;
  /** Calls back after every change. */
  readonly onChange: (listener: () => void) => void;
}

const section = 'goDockerfile';

/** Settings by `workspace/configuration` where the client answers that, else as pushed by `workspace/didChangeConfiguration`. */
export function createSettings(
  connection: Connection,
  client: ClientAbilities,
  onReady: OnReady,
  projects: Pick<Projects, 'config'>,
  today: () => Date,
): Settings {
  const known = new Map<string, Promise<DocumentSettings>>();
  const listeners: (() => void)[] = [];
  const parse = (settings: unknown): OwnSettings => parseSettings(settings, today());
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
  const ask = async (uri: string): Promise<OwnSettings> => {
    if (!client.configuration) return pushed;
    try {
      return parse(await connection.workspace.getConfiguration({ scopeUri: uri, section }));
    } catch {
      // A client that promised and does not answer must not cost the user the findings.
      return parse(undefined);
    }
  };
  return {
    of: (uri) => {
      const settings = known.get(uri) ?? merged(ask(uri), pathOf(uri), projects);
      known.set(uri, settings);
      return settings;
    },
    forget: (uri) => void known.delete(uri),
    reread: () => known.clear(),
    onChange: (listener) => void listeners.push(listener),
  };
}

type OwnSettings = Omit<DocumentSettings, 'configFile'>;

async function merged(
  asked: Promise<OwnSettings>,
  dockerfile: string | undefined,
  projects: Pick<Projects, 'config'>,
): Promise<DocumentSettings> {
  const [own, configFile] = await Promise.all([
    asked,
    dockerfile === undefined ? undefined : projects.config(dockerfile),
  ]);
  return { ...own, config: withFile(own.config, configFile), configFile };
}

/** Settings of unknown origin; what is not understood gets its default. */
function parseSettings(settings: unknown, today: Date): OwnSettings {
  const codeLens = field(settings, 'codeLens');
  const build = field(settings, 'build');
  return {
    config: onDay(withoutDefaults(parseConfig(settings)), today),
    engine: {
      engine: oneOf(field(settings, 'engine'), engineNames),
      enginePath: text(field(settings, 'enginePath')),
      builder: text(field(build, 'builder')),
    },
    syntaxDiagnostics: oneOf(field(settings, 'syntaxDiagnostics'), ['auto', 'on', 'off']),
    codeLens: field(codeLens, 'enable') !== false,
    inlayHints: field(build, 'inlayHints') === true,
    sizeBudget: text(field(build, 'sizeBudget')),
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
