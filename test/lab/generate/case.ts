import type { FinalBase, GenerateChoices } from '../../../server/protocol.ts';

/** One program, and what is asked of the generator. */
export interface GeneratedCase {
  /** Folder of `test/lab/projects` or of `projects/` beside this file. */
  readonly project: string;
  /** Build context below it. */
  readonly below?: string;
  /** `recommended` takes what the plan proposes, `fitting` is every base it offers. */
  readonly base: FinalBase | 'recommended' | 'fitting';
  /** Bases that the images of the lab are too poor for. */
  readonly except?: readonly FinalBase[];
  /** Changes of the recommended choices. */
  readonly change?: Partial<GenerateChoices>;
  /** What the program says. */
  readonly says: RegExp;
  /** It writes files, so that its root file system cannot be read-only. */
  readonly writes?: true;
  /** Its text files are given the line ends of Windows. */
  readonly windows?: true;
  /** Modules of its go.mod that the golang images of the lab do not carry. */
  readonly modules?: true;
  /** Packages are installed, from the distribution's mirror. */
  readonly network?: true;
  /** Of the reading: GOPRIVATE. */
  readonly environment?: Readonly<Record<string, string>>;
  /** A line of the plan. */
  readonly finding?: RegExp;
  /** The build ends with an error that says this. */
  readonly fails?: RegExp;
  readonly checks?: readonly Check[];
}

/** What else has to be true of the image. */
export type Check =
  /** It answers over HTTP at its address in the network of containers. */
  | { readonly kind: 'answers'; readonly port: number; readonly path: string; readonly body: RegExp }
  /** The command of its HEALTHCHECK ends well in a container that runs. */
  | { readonly kind: 'healthy' }
  /** Other targets, each with what its program says; an empty text for one that need not be run. */
  | { readonly kind: 'targets'; readonly says: Readonly<Record<string, string>> }
  /** Two builds without a cache have the same layers. */
  | { readonly kind: 'reproducible' }
  | { readonly kind: 'labels'; readonly values: Readonly<Record<string, string>> }
  /** The module next door is there as an image of that name, as docker takes a name that is no stage. */
  | { readonly kind: 'context'; readonly name: string; readonly folder: string }
  /** A server that asks for a password has the module; no layer has the password. */
  | { readonly kind: 'private' }
  /** It comes over ssh, with a key that an agent has. */
  | { readonly kind: 'ssh' };

/** Whether a case has a check of that kind. */
export const has = ({ checks }: GeneratedCase, kind: Check['kind']): boolean =>
  checks?.some((check) => check.kind === kind) ?? false;
