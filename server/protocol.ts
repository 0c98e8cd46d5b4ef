/**
 * Names and shapes of everything that client and server say to each other beyond LSP. The only server file the client may import.
 */

import type { RememberedBuild } from './build-protocol.ts';

export type * from './build-protocol.ts';
export { sbomFormats } from './build-protocol.ts';
export type * from './image/report/binary-model.ts';
export type * from './image/report/model.ts';
export type * from './image/report/run-model.ts';

/** Commands of `workspace/executeCommand`. The first argument is the object named beside each. */
export const serverCommands = {
  /** BuildRequest -> BuildOutcome */
  build: 'goDockerfile.server.build',
  /** { uri } -> boolean: whether a build was running */
  cancelBuild: 'goDockerfile.server.cancelBuild',
  /** { uri } -> BuildChoices: what can be chosen for a build of the file */
  buildChoices: 'goDockerfile.server.buildChoices',
  /** ReportRequest -> ReportOutcome */
  report: 'goDockerfile.server.report',
  /** SbomRequest -> SbomOutcome; writes nothing */
  sbom: 'goDockerfile.server.sbom',
  /** { folder, main? } -> GeneratePlan: what was read and which choices make sense, for one program */
  plan: 'goDockerfile.server.plan',
  /** { folder, choices } -> GeneratedFiles; writes nothing */
  generate: 'goDockerfile.server.generate',
  /** { uri } -> ImproveOutcome: a rewrite of an open Dockerfile; writes nothing */
  improve: 'goDockerfile.server.improve',
  /** { uri } -> FixAllOutcome: every safe fix of an open Dockerfile, of project files too; writes nothing */
  fixAll: 'goDockerfile.server.fixAll',
} as const;

/** Commands of the VS Code half; code lenses name these when the client says so in `InitializationOptions`. */
export const clientCommands = {
  build: 'goDockerfile.build',
  cancelBuild: 'goDockerfile.cancelBuild',
  showLog: 'goDockerfile.showBuildLog',
  showReport: 'goDockerfile.showReport',
  /** Of the report's page: (uri, line) and (uri, line, title of the fix). */
  showLine: 'goDockerfile.showLine',
  applyFix: 'goDockerfile.applyFix',
  startImage: 'goDockerfile.startImage',
  compareImage: 'goDockerfile.compareImage',
  scanImage: 'goDockerfile.scanImage',
  writeSbom: 'goDockerfile.writeSbom',
  editBuildOptions: 'goDockerfile.editBuildOptions',
  generate: 'goDockerfile.generate',
  improve: 'goDockerfile.improve',
  fixAll: 'goDockerfile.fixAll',
  restart: 'goDockerfile.restartServer',
  showDocumentation: 'goDockerfile.showDocumentation',
  manageTrust: 'goDockerfile.manageTrust',
} as const;

/** Notifications beyond LSP. */
export const notifications = {
  /** server -> client: BuildLog, a piece of the engine's output */
  buildLog: 'goDockerfile/buildLog',
  /** server -> client: BuildState, after every change */
  buildState: 'goDockerfile/buildState',
  /** client -> server: { trusted } */
  trust: 'goDockerfile/trust',
  /** client -> server: { active }: another extension gives generic Dockerfile findings */
  otherDockerfileExtension: 'goDockerfile/otherDockerfileExtension',
  /** client -> server: OtherFindings, after every change */
  otherFindings: 'goDockerfile/otherFindings',
} as const;

/** The edit of all safe fixes as LSP's WorkspaceEdit, in `E`; undefined when there is none. */
export interface FixAllOutcome<E = unknown> {
  readonly edit: E | undefined;
  /** Project files that the edit changes beside the Dockerfile, by their paths in the build context. */
  readonly files: readonly string[];
}

/** What other extensions say of a Dockerfile. */
export interface OtherFindings {
  readonly uri: string;
  readonly findings: readonly OtherFinding[];
}

export interface OtherFinding {
  /** Such as `DL3007` or `JSONArgsRecommended`. */
  readonly code: string;
  /** First and last line, from 0. */
  readonly start: number;
  readonly end: number;
}

export interface InitializationOptions {
  /** The client registers `clientCommands`, so lenses and actions may name them. */
  readonly clientCommands?: boolean;
  /** Whether the workspace is trusted; true when the client has no such notion. */
  readonly trusted?: boolean;
  readonly otherDockerfileExtension?: boolean;
  /** The last builds, as the client kept them. */
  readonly builds?: readonly RememberedBuild[];
}

/** A choice of the generator with its consequence in one line. */
export interface Option<T extends string = string> {
  readonly id: T;
  readonly label: string;
  readonly detail: string;
}

/** Images of the last stage, by what is in them; the order is that of their size. */
export const finalBases = [
  'scratch',
  'chainguard-static',
  'distroless-static',
  'alpine',
  'distroless-base',
  'distroless-cc',
  'debian',
] as const;

export type FinalBase = (typeof finalBases)[number];

/** What a Dockerfile can have beyond building and running the program. */
export const extras = ['test', 'debug', 'upx', 'reproducible', 'web', 'labels', 'healthcheck'] as const;

export type Extra = (typeof extras)[number];

/** Files that can be written beside the Dockerfile. */
export const besideKinds = ['compose', 'bake', 'workflow'] as const;

export type Beside = (typeof besideKinds)[number];

export const credentialKinds = ['none', 'netrc', 'ssh'] as const;

/** How modules of private repositories are fetched: with a secret that holds a netrc file, or by the agent of ssh. */
export type Credentials = (typeof credentialKinds)[number];

/** Languages of the comments in what is written. */
export type CommentLanguage = 'en' | 'zh';

/** What the user can decide; everything has an answer preselected. */
export interface GenerateChoices {
  /** Main package folder relative to the context, `.` for the root. */
  readonly main: string;
  /** Further programs of the same module: each becomes an image of its own, chosen by a target of its name. */
  readonly others: readonly string[];
  readonly base: FinalBase;
  readonly cgo: boolean;
  readonly port: number | undefined;
  readonly cache: 'mounts' | 'layers';
  /** Such as `linux/arm64` or `linux/arm/v7`; empty for the one of the machine that builds. Without cgo nothing is emulated. */
  readonly platforms: readonly string[];
  readonly credentials: Credentials;
  readonly extras: readonly Extra[];
  readonly beside: readonly Beside[];
  /** Of the workflow. */
  readonly scanner: 'grype' | 'trivy';
  readonly comments: boolean;
  readonly language: CommentLanguage;
}

export interface GeneratePlan {
  /** Absolute folder with the go.mod (or go.work) that becomes the build context. */
  readonly folder: string;
  readonly mains: readonly Option[];
  readonly bases: readonly Option<FinalBase>[];
  /** Those that make sense for this project. */
  readonly extras: readonly Option<Extra>[];
  readonly beside: readonly Option<Beside>[];
  readonly credentials: readonly Option<Credentials>[];
  readonly recommended: GenerateChoices;
  /** Why that base, in one line. */
  readonly why: string;
  /** One line each: what was read from the project and led to the recommendation. */
  readonly findings: readonly string[];
  /** Names among the files that can be written which exist already. */
  readonly existing: readonly string[];
}

/** `path` is relative to the build context. */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

export interface GeneratedFiles {
  readonly dockerfile: string;
  readonly dockerignore: string;
  /** Compose file, Bake file, workflow: those that were asked for. */
  readonly beside: readonly GeneratedFile[];
}

/** A rewrite with what of the old text it lacks, one line each; or one sentence why there is none. */
export type ImproveOutcome =
  | { readonly dockerfile: string; readonly notKept: readonly string[] }
  | { readonly reason: string };
