import { dirname } from 'node:path';
import { render } from '../analysis/known.ts';
import type { ConfigFile } from '../project/config-file.ts';
import type { Projects } from '../project/projects.ts';
import type { Console } from './console.ts';
import { nameOf } from './targets.ts';

/** The configuration files of the Dockerfiles of one run. */
export interface Configs {
  readonly of: (dockerfile: string, workspace: string | undefined) => Promise<ConfigFile | undefined>;
  /** One clause per mistake in them, each file once: `file:line:column: sentence`, lines from 1. */
  readonly problems: () => readonly string[];
}

/** Finds them when asked. */
export function readConfigs({ folder }: Console, projects: Projects): Configs {
  const found = new Map<string, ConfigFile>();
  const find = async (dockerfile: string, workspace: string | undefined): Promise<ConfigFile | undefined> => {
    const config = await projects.config(dockerfile, workspace);
    if (config) found.set(config.file, config);
    return config;
  };
  /** By folder: they are not changed while they are used. */
  const finding = new Map<string, Promise<ConfigFile | undefined>>();
  return {
    of: (dockerfile, workspace) => {
      const place = `${dirname(dockerfile)}\0${workspace ?? ''}`;
      const config = finding.get(place) ?? find(dockerfile, workspace);
      finding.set(place, config);
      return config;
    },
    problems: () =>
      [...found.values()].flatMap(({ file, problems }) =>
        problems.map(({ range: { start }, message }) => {
          const place = `${nameOf(file, folder)}:${start.line + 1}:${start.character + 1}`;
          return `${place}: ${render(message)}`;
        }),
      ),
  };
}
