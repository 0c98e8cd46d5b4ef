import type { Dockerfile } from '../analysis/dockerfile/model.ts';

/** The sources, as written and each once, of every COPY and ADD that reads the build context: what `inferContext` asks for. */
export const copySources = ({ stages }: Dockerfile): string[] => [
  ...new Set(
    stages
      .flatMap(({ instructions }) => instructions)
      .flatMap((instruction) => {
        const copies = instruction.keyword === 'COPY' || instruction.keyword === 'ADD';
        return copies && !instruction.from && !instruction.onbuild ? instruction.sources.map(({ raw }) => raw) : [];
      }),
  ),
];
