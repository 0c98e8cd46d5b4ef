import path from 'node:path';
import { isConfigFile } from '../analysis/config-file.ts';
import type { ProjectFacts } from '../analysis/go/project-facts.ts';
import type { ConfigFile } from '../project/config-file.ts';
import type { InferredContext } from '../project/context.ts';
import { createProjects } from '../project/projects.ts';

/** The Go projects around the open Dockerfiles. Paths are absolute; `sources` are those of COPY and ADD. */
export interface Projects {
  /** What is known around a Dockerfile; the same object until something changed. */
  readonly facts: (dockerfile: string, sources: readonly string[]) => Promise<ProjectFacts>;
  /** Folders it may be built in, the likeliest first; never empty. */
  readonly contexts: (dockerfile: string, sources: readonly string[]) => Promise<readonly string[]>;
  /** The facts of a folder as a build context. */
  readonly folder: (folder: string) => Promise<ProjectFacts>;
  /** The facts as they would be with other texts of files that exist, by absolute path. */
  readonly preview: (context: string, dockerfile: string, texts: ReadonlyMap<string, string>) => Promise<ProjectFacts>;
  /** The configuration file of a Dockerfile; the same object until something changed. Undefined without one, or where it cannot be read. */
  readonly config: (dockerfile: string) => Promise<ConfigFile | undefined>;
  /** The Dockerfiles whose build context may hold a file, the nearest first and at most forty. Never rejects. */
  readonly dockerfilesAround: (file: string) => Promise<readonly string[]>;
  /** What stands on disk; undefined when it cannot be read. */
  readonly text: (file: string) => Promise<string | undefined>;
  /** These were made, changed or removed. */
  readonly changed: (paths: readonly string[]) => void;
  /** Anything may have changed unseen: the next facts are compared with the disk. */
  readonly suspect: () => void;
  /** The workspace's folders from now on: a build context lies in one of them. */
  readonly setFolders: (folders: readonly string[]) => void;
}

/** More are not looked at for one project file. */
const mostDockerfiles = 40;

/** Projects on disk, read when first asked for. */
export function openProjects(): Projects {
  const projects = createProjects();
  // One per Dockerfile: the sources change with almost every COPY that is typed.
  const contexts = new Map<string, { readonly of: string; readonly context: Promise<InferredContext> }>();
  const configs = new Map<string, Promise<ConfigFile | undefined>>();
  let workspace: readonly string[] = [];
  let suspected = false;
  const load = (folder: string, dockerfile: string): Promise<ProjectFacts> => {
    const compare = suspected;
    suspected = false;
    return projects.load(folder, dockerfile, { compare });
  };
  const contextOf = (dockerfile: string, sources: readonly string[]): Promise<InferredContext> => {
    const of = JSON.stringify(sources);
    const known = contexts.get(dockerfile);
    if (known?.of === of) return known.context;
    const context = projects.context(dockerfile, sources, folderAround(workspace, dockerfile));
    contexts.set(dockerfile, { of, context });
    return context;
  };
  return {
    facts: async (dockerfile, sources) => load((await contextOf(dockerfile, sources)).folder, dockerfile),
    contexts: async (dockerfile, sources) => (await contextOf(dockerfile, sources)).candidates,
    config: (dockerfile) => {
      const config =
        configs.get(dockerfile) ??
        projects.config(dockerfile, folderAround(workspace, dockerfile)).catch(() => undefined);
      configs.set(dockerfile, config);
      return config;
    },
    folder: (folder) => load(folder, path.join(folder, 'Dockerfile')),
    dockerfilesAround: async (file) => {
      const own = path.dirname(file);
      const found = await projects.dockerfiles(await projects.topFolder(file, folderAround(workspace, file)));
      const distance = (dockerfile: string): number => path.relative(own, dockerfile).split(path.sep).length;
      return [...found].sort((a, b) => distance(a) - distance(b)).slice(0, mostDockerfiles);
    },
    text: projects.text,
    preview: projects.preview,
    changed: (paths) => {
      contexts.clear();
      if (paths.some(isConfigFile)) configs.clear();
      projects.changed(paths);
    },
    suspect: () => {
      contexts.clear();
      configs.clear();
      suspected = true;
    },
    setFolders: (folders) => {
      contexts.clear();
      configs.clear();
      workspace = folders;
    },
  };
}

/** The innermost folder of the workspace that the file lies in. */
function folderAround(workspace: readonly string[], file: string): string | undefined {
  const around = workspace.filter((folder) => file.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep));
  return around.sort((a, b) => b.length - a.length)[0];
}
