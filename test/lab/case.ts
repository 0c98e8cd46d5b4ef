/** What really happens when a Dockerfile is built and its image is run. */
export type Outcome =
  | {
      readonly kind: 'works';
      readonly output: RegExp;
      /** What the log of the build says, and what it does not. */
      readonly log?: RegExp;
      readonly noLog?: RegExp;
      readonly megabytes?: { readonly above?: number; readonly below?: number };
      /** Its container is not root's, may not write to its root file system (`temporary`: its files stay writable), and has no capabilities. */
      readonly locked?: true | 'temporary';
      /** What its container may use, as docker has it: `64m`. */
      readonly memory?: string;
    }
  /** The build ends with an error that says this. */
  | { readonly kind: 'build fails'; readonly says: RegExp }
  /** The image is built; its container ends with this status and says this. */
  | { readonly kind: 'run fails'; readonly status: number; readonly says: RegExp; readonly memory?: string }
  /** Works, and asks for the modules again after one line of a source file was changed. */
  | { readonly kind: 'downloads again'; readonly edit: string }
  /** Works, and does not. */
  | { readonly kind: 'keeps modules'; readonly edit: string }
  /** Works, and compiles this package again (so says `go build -v`) after one line of a source file was changed. */
  | { readonly kind: 'compiles again'; readonly edit: string; readonly package: string }
  /** Works, and does not. */
  | { readonly kind: 'keeps compiled'; readonly edit: string; readonly package: string }
  /** Gives another Go after the registry moved the tag `moves`, from the image `from` to the image `to`. */
  | { readonly kind: 'drifts'; readonly moves: string; readonly from: string; readonly to: string }
  /** Gives the same Go although it did. */
  | { readonly kind: 'stays'; readonly moves: string; readonly from: string; readonly to: string }
  /** Built for another platform: the one that `/app` is for, and the one that `/bin/busybox` of the base is for. */
  | { readonly kind: 'crosses'; readonly app: Platform; readonly base?: Platform }
  /** Built for this machine, after a line was added, and then for another platform: that one asks for the modules again. */
  | { readonly kind: 'downloads for each platform'; readonly edit: string }
  /** Does not. */
  | { readonly kind: 'downloads for all platforms'; readonly edit: string }
  /** Built for a platform, `/app` records this setting of go build (`GOARM=6`). */
  | { readonly kind: 'records'; readonly platform: string; readonly setting: string }
  /** Built for a platform, it ends with an error that says this. */
  | { readonly kind: 'fails for'; readonly platform: string; readonly says: RegExp }
  /** Built with a password as build argument and as secret: where the image, or that of a stage, has it. */
  | { readonly kind: 'secret'; readonly found: 'history' | 'layers' | 'nowhere'; readonly target?: string };

/** The one that was asked for, or the one of the machine that builds. */
type Platform = 'target' | 'builder';

/** One Dockerfile, what the rule says of it, and what the world says of it. */
export interface LabCase {
  readonly name: string;
  /** Folder of `projects/`. */
  readonly project: string;
  /** Files that are added to it or take the place of its own. */
  readonly files?: Readonly<Record<string, string>>;
  readonly dockerfile: string;
  /** All of it is committed to a Git repository, under this tag. */
  readonly tagged?: string;
  /** Whether the rule has something to say here; as a list, the ids of all findings in the order of the alphabet. */
  readonly reported: boolean | readonly string[];
  /** The rules that such a list, and a text without findings, speak of; all rules if not said. */
  readonly among?: readonly string[];
  /** Of the Dockerfile as it is written. */
  readonly really: Outcome;
  /** Of the fixed text, or of several ways to fix it; only for a reported case. */
  readonly fixed?: Fixed | readonly Fixed[];
}

/** One way to fix a Dockerfile, and what the fixed one does. */
export interface Fixed {
  /** Title of the fix to choose when it is not the safe one; then the safe ones of all rules follow. */
  readonly title?: RegExp;
  /** No rule has anything left to say. */
  readonly clean?: true;
  readonly really: Outcome;
}

/** The cases of one rule. */
export interface RuleCases {
  readonly rule: string;
  readonly cases: readonly LabCase[];
}

export const works = (output: RegExp): Outcome => ({ kind: 'works', output });
export const worksLocked = (output: RegExp): Outcome => ({ kind: 'works', output, locked: true });
export const buildFails = (says: RegExp): Outcome => ({ kind: 'build fails', says });
export const runFails = (status: number, says: RegExp): Outcome => ({ kind: 'run fails', status, says });
