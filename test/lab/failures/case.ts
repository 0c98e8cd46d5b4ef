import type { Cause } from '../../../server/image/explain/cause.ts';

/** A build that fails, and what we say of it. The lab makes it fail; the unit tests read what the engines printed then. */
export interface FailureCase {
  /** Name of its folder, and of its recorded logs. */
  readonly name: string;
  /** Files of the build context; a go.mod and a main.go that compile unless said otherwise. */
  readonly files?: Readonly<Record<string, string>>;
  readonly dockerfile: string;
  readonly cause: Cause;
  /** The reason, or a part of it. */
  readonly says: string;
  /** One-based line of the diagnostic; undefined for none. */
  readonly line: number | undefined;
  /** Title of the first quick fix; undefined for none. */
  readonly fix?: string;
  /** The build passes once the fix was applied. */
  readonly repaired?: true;
  /** Options of the engine's build command. */
  readonly options?: readonly string[];
  /** Engines on which it fails like this; all of the three when not said. */
  readonly engines?: readonly FailureEngine[];
}

/** `buildkit`: docker 20.10's; `buildx`: a current BuildKit behind buildx; `moby`: a current docker engine. */
export type FailureEngine = 'buildkit' | 'buildx' | 'moby' | 'podman' | 'legacy';

export const goMod = 'module example.com/app\n\ngo 1.26\n';
const mainGo = 'package main\n\nimport "fmt"\n\nfunc main() { fmt.Println("hello") }\n';

/** What a case's build context holds. */
export const filesOf = ({ files = {}, dockerfile }: FailureCase): Readonly<Record<string, string>> => ({
  'go.mod': goMod,
  'main.go': mainGo,
  ...files,
  Dockerfile: dockerfile,
});

/** A builder on line 1, its RUN on line 4, and a final stage. */
export const building = (run: string, from = 'golang:1.26'): string =>
  `FROM ${from} AS build\nWORKDIR /src\nCOPY . .\nRUN ${run}\n\nFROM scratch\nCOPY --from=build /app /app\nUSER 65532:65532\nENTRYPOINT ["/app"]\n`;
