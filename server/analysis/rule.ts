import type { Range, TextEdit } from 'vscode-languageserver-types';
import type { Dockerfile } from './dockerfile/model.ts';
import type { ProjectFacts } from './go/project-facts.ts';
import type { Message, Step } from './known.ts';
import type { UnusedIgnore } from './suppression.ts';
import type { Trace } from './trace/model.ts';

/** error: build or container surely fails; warning: likely bug or risk; information: wasteful; hint: could be simpler. */
export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** What a rule is about in the index of the pages, each a heading of `docs/rules/README.md`. */
export type Concern = 'starts' | 'safe' | 'small' | 'fast' | 'reproducible' | 'cross-platform' | 'clear';

/** Everything a rule may look at. Rules ask the trace; they never walk instructions to derive state again. */
export interface Subject {
  readonly dockerfile: Dockerfile;
  readonly trace: Trace;
  readonly project: ProjectFacts;
  /** ISO date; undefined when nobody said which day it is. */
  readonly today: string | undefined;
  /** Ids in our own comments that silence none of the findings of the other rules, which see none of these. */
  readonly unusedIgnores: readonly (UnusedIgnore & { readonly isRule: boolean })[];
}

export interface Fix {
  /** Imperative, without a final period. */
  readonly title: string;
  /** Cannot change what the image does, or repairs what surely fails: part of fix-all. */
  readonly safe: boolean;
  /** Edits of the Dockerfile, without overlap. */
  readonly edits: readonly TextEdit[];
  /** Beside those: changes of project files. */
  readonly files?: readonly FileChange[];
}

/** Of a project file at its path in the build context: edits without overlap, or a new file, never over one that exists. */
export type FileChange =
  | { readonly path: string; readonly edits: readonly TextEdit[] }
  | { readonly path: string; readonly text: string };

/** A place in a project file, at its path in the build context. */
export interface FilePlace {
  readonly path: string;
  readonly range: Range;
  /** What a reader of that file has to know, with the name of what the Dockerfile does. */
  readonly message: Message;
}

export interface Finding {
  readonly range: Range;
  readonly message: Message;
  /** The chain that led to the verdict, in the order of reasoning. */
  readonly related?: readonly Step[];
  /** The first one is the preferred one. */
  readonly fixes?: readonly Fix[];
  /** Differs from the rule's own only where the rule is less sure, or surer, in this case. */
  readonly severity?: Severity;
  /** The line of a project file that it is about as much; it is shown there, too. */
  readonly elsewhere?: FilePlace;
}

export interface Rule {
  /** File name, setting key, diagnostic code, documentation page: one name. */
  readonly id: string;
  /** One line without a final period. */
  readonly title: string;
  readonly severity: Severity;
  readonly concern: Concern;
  /** The harm in one to three short paragraphs, with the exact text that Docker or the kernel prints, and when to switch it off. */
  readonly why: string;
  /** What the rule stays silent about, one line each. */
  readonly silent: readonly string[];
  readonly references: readonly string[];
  /** Printed in the documentation and run as a test; `files` are project files beside the Dockerfiles. */
  readonly example: {
    readonly files?: Readonly<Record<string, string>>;
    readonly bad: string;
    readonly good: string;
    /** Those that are new or other beside the good one. */
    readonly goodFiles?: Readonly<Record<string, string>>;
  };
  check(subject: Subject): Iterable<Finding>;
}
