import type { Position, Range } from 'vscode-languageserver-types';
import type { SplitDockerfile } from './split.ts';

/** The document, with offsets in UTF-16 units as LSP counts them. */
export interface SourceText {
  readonly content: string;
  /** The line end most lines use, for edits that add lines. */
  readonly newline: '\n' | '\r\n';
  range(start: number, end: number): Range;
  position(offset: number): Position;
  offset(position: Position): number;
  slice(range: Range): string;
}

/** One word of an instruction, quotes and escapes still in it. */
export interface Word {
  readonly raw: string;
  readonly range: Range;
}

/** `--name=value`; `value` is undefined for a bare `--link`. */
export interface Flag {
  readonly name: string;
  readonly value: Word | undefined;
  readonly range: Range;
}

/** A shell text whose characters stand one by one in the document from `start` on: continuations and comments are blanked, never cut. */
export interface Script {
  readonly text: string;
  readonly start: Position;
}

export interface Heredoc {
  readonly delimiter: string;
  /** False for a quoted delimiter: no variable is expanded. */
  readonly expands: boolean;
  readonly body: Script;
}

export type Form =
  /** A JSON array; each word's `raw` is the decoded string. */
  | { readonly kind: 'exec'; readonly words: readonly Word[]; readonly range: Range }
  /** `heredocs` whose opener has no command before it are the script itself. */
  | { readonly kind: 'shell'; readonly script: Script; readonly range: Range };

interface Base<K extends string> {
  readonly keyword: K;
  /** From the keyword to the end of the instruction's last line, heredocs included. */
  readonly range: Range;
  readonly keywordRange: Range;
  readonly flags: readonly Flag[];
  /** True when it is the trigger of an ONBUILD. */
  readonly onbuild: boolean;
}

export interface Assignment {
  readonly name: string;
  readonly nameRange: Range;
  /** Undefined for `ARG NAME`. */
  readonly value: Word | undefined;
}

export interface FromInstruction extends Base<'FROM'> {
  readonly image: Word | undefined;
  /** Lower-cased. */
  readonly alias: string | undefined;
  readonly aliasRange: Range | undefined;
}
export interface ArgInstruction extends Base<'ARG'> {
  readonly assignments: readonly Assignment[];
}
export interface EnvInstruction extends Base<'ENV'> {
  readonly assignments: readonly Assignment[];
}
export interface LabelInstruction extends Base<'LABEL'> {
  readonly assignments: readonly Assignment[];
}
export interface RunInstruction extends Base<'RUN'> {
  readonly form: Form;
  readonly heredocs: readonly Heredoc[];
  readonly mounts: readonly Mount[];
}
export interface CopyInstruction extends Base<'COPY' | 'ADD'> {
  readonly sources: readonly Word[];
  readonly destination: Word | undefined;
  readonly heredocs: readonly Heredoc[];
  /** The value of `--from`, wherever the flag stands. */
  readonly from: Word | undefined;
}
export interface CommandInstruction extends Base<'CMD' | 'ENTRYPOINT'> {
  readonly form: Form;
}
export interface HealthcheckInstruction extends Base<'HEALTHCHECK'> {
  /** Undefined for HEALTHCHECK NONE. */
  readonly form: Form | undefined;
}
export interface ShellInstruction extends Base<'SHELL'> {
  readonly words: readonly Word[];
}
export interface WordsInstruction
  extends Base<'WORKDIR' | 'USER' | 'EXPOSE' | 'VOLUME' | 'STOPSIGNAL' | 'MAINTAINER' | 'OTHER'> {
  readonly words: readonly Word[];
}

export type Instruction =
  | FromInstruction
  | ArgInstruction
  | EnvInstruction
  | LabelInstruction
  | RunInstruction
  | CopyInstruction
  | CommandInstruction
  | HealthcheckInstruction
  | ShellInstruction
  | WordsInstruction;

/** `RUN --mount=…` with short keys spelled out: `src` is source, `dst` and `target` are target, `ro`/`rw` are readonly. */
export interface Mount {
  readonly type: 'bind' | 'cache' | 'tmpfs' | 'secret' | 'ssh' | 'other';
  readonly target: Word | undefined;
  readonly source: Word | undefined;
  readonly from: Word | undefined;
  readonly id: Word | undefined;
  /** Of a cache or tmpfs: its owner and permissions, root's and 0755 when not said. */
  readonly uid: Word | undefined;
  readonly mode: Word | undefined;
  readonly writable: boolean;
  readonly range: Range;
}

export interface Stage {
  readonly index: number;
  readonly name: string | undefined;
  readonly from: FromInstruction;
  /** Without the FROM, in order. ONBUILD triggers are among them, marked `onbuild`. */
  readonly instructions: readonly Instruction[];
  readonly range: Range;
}

export interface Comment {
  /** Without the leading `#` and surrounding blanks. */
  readonly text: string;
  readonly range: Range;
}

export interface Dockerfile {
  readonly source: SourceText;
  /** What the parser made of it, for the next text. */
  readonly split: SplitDockerfile;
  readonly escape: '\\' | '`';
  /** The value of `# syntax=`, if it stands where it counts. */
  readonly syntax: string | undefined;
  /** All of them, in order; those that are in no stage, too. */
  readonly instructions: readonly Instruction[];
  /** ARG instructions above the first FROM. */
  readonly globalArgs: readonly ArgInstruction[];
  readonly stages: readonly Stage[];
  /** Every whole-line comment outside heredocs, in order. */
  readonly comments: readonly Comment[];
}
