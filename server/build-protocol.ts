/** Shapes of what client and server say to each other about builds; read them through protocol.ts. */

/** Where the content of a secret comes from: a file (absolute) or an environment variable. Its content is never told. */
export interface BuildSecret {
  readonly id: string;
  readonly file?: string;
  readonly env?: string;
}

/** What a build is told beside its Dockerfile and its context. */
export interface BuildOptions {
  readonly target?: string;
  /** Such as `linux/arm64`, or several: `linux/amd64,linux/arm64`; the engine's own when absent. */
  readonly platform?: string;
  readonly buildArgs?: Readonly<Record<string, string>>;
  readonly secrets?: readonly BuildSecret[];
  /** `default`, or `id=path` of a socket or key. */
  readonly ssh?: readonly string[];
  /** Named contexts: a folder, `docker-image://…`, a URL. */
  readonly contexts?: Readonly<Record<string, string>>;
  readonly network?: 'none' | 'host';
  /** Name of an image that also gets the tags of the Git commit: `ghcr.io/acme/app` becomes `ghcr.io/acme/app:v1.4.0` … */
  readonly gitTags?: string;
  /** What was asked and may stay without an answer: `arg:VERSION`, `secret:netrc`, `ssh:default`. */
  readonly answered?: readonly string[];
}

/** A thing that a build needs to be told. */
export interface BuildQuestion {
  readonly kind: 'arg' | 'secret' | 'ssh';
  readonly name: string;
  /** The build fails without it. */
  readonly required: boolean;
}

/** What can be chosen for a build of a file. */
export interface BuildChoices {
  readonly targets: readonly string[];
  /** Default undefined: none. */
  readonly args: readonly { readonly name: string; readonly value: string | undefined }[];
  readonly secrets: readonly string[];
  readonly ssh: readonly string[];
  readonly contexts: readonly string[];
  /** How files of the workspace (compose, Bake, workflows) build it: `service web of compose.yaml`. */
  readonly ready: readonly { readonly name: string; readonly options: BuildOptions }[];
}

export interface BuildRequest {
  readonly uri: string;
  /** Absolute folder; asked for when several fit. */
  readonly context?: string;
  /** What was chosen for this file before. */
  readonly options?: BuildOptions;
}

/** One image of a build for several platforms; sizes in bytes. */
export interface ImageForPlatform {
  readonly platform: string;
  readonly image: string;
  readonly size: number;
  readonly pullSize?: number;
}

/** Sizes in bytes, times in milliseconds. */
export type BuildOutcome =
  | {
      readonly kind: 'built';
      /** Of all files of all layers, unpacked. */
      readonly size: number;
      /** Of all layers as a registry keeps them; undefined where that would take long to find out. */
      readonly pullSize?: number;
      readonly previousSize: number | undefined;
      readonly milliseconds: number;
      readonly image: string;
      readonly engine: string;
      /** The stage that was built, when it was chosen. */
      readonly target?: string;
      /** Other names that the image was given. */
      readonly tags?: readonly string[];
      /** Bytes that the image may have, when somebody said so. */
      readonly budget?: number;
      /** What `image` is for, where it was built for several platforms: this machine's among them, or the first. */
      readonly platform?: string;
      /** For the other platforms, in the order in which they were chosen. */
      readonly others?: readonly ImageForPlatform[];
    }
  /** The file needs something that nobody said: ask, then send the request again with `options`. */
  | { readonly kind: 'choose-options'; readonly questions: readonly BuildQuestion[] }
  /** The context is ambiguous: ask, then send the request again with `context`. */
  | { readonly kind: 'choose-context'; readonly candidates: readonly string[] }
  | {
      readonly kind: 'failed';
      /** One sentence: what happened and what to do. */
      readonly reason: string;
      /** Zero-based line of the failing instruction. */
      readonly line?: number;
      /** The last lines that the failing step printed. */
      readonly output?: readonly string[];
      /** What made it fail, and what the engine's words name: a module, a path, a version. */
      readonly cause?: string;
      readonly values?: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'cancelled' };

export interface BuildLog {
  readonly uri: string;
  /** With ANSI colours, `\r\n` line ends. */
  readonly text: string;
}

export type BuildState = { readonly uri: string } & (
  | { readonly kind: 'running'; readonly step: string; readonly startedAt: number }
  | {
      readonly kind: 'done';
      readonly outcome: BuildOutcome;
      readonly title: string;
      readonly tooltip: string;
      /** Of the text that was built. */
      readonly textHash?: string;
    }
);

/** A build that worked, to be known again after a restart. */
export interface RememberedBuild {
  readonly uri: string;
  readonly outcome: BuildOutcome & { readonly kind: 'built' };
  readonly title: string;
  readonly tooltip: string;
  readonly textHash: string;
}

/** One of the builds that worked: bytes and milliseconds, `at` in milliseconds since 1970. */
export interface PastBuild {
  readonly at: number;
  readonly size: number;
  readonly milliseconds: number;
}

/** What an image is compared with: another image of the engine, or what another build makes. */
export type Comparand =
  | { readonly image: string }
  /** `name` is how the page calls it. */
  | { readonly build: BuildRequest; readonly name: string };

/** Asks for the page about the last built image of a Dockerfile. */
export interface ReportRequest {
  readonly uri: string;
  /** Oldest first. */
  readonly history?: readonly PastBuild[];
  readonly compare?: Comparand;
  /** The image is started, too. */
  readonly start?: boolean;
  /** The tools of other people that are there look into it, too. */
  readonly scan?: boolean;
}

/** A page of HTML without scripts, with one sentence when there was not all that was asked; or one why there is no page. */
export type ReportOutcome = { readonly html: string; readonly note?: string } | { readonly reason: string };

export const sbomFormats = ['cyclonedx', 'spdx'] as const;

export type SbomFormat = (typeof sbomFormats)[number];

/** Asks for a bill of materials of the last built image of a Dockerfile. */
export interface SbomRequest {
  readonly uri: string;
  readonly format: SbomFormat;
}

/** A bill of materials as JSON text, and what it is: `CycloneDX 1.6, 12 packages`; or one sentence why there is none. */
export type SbomOutcome = { readonly text: string; readonly summary: string } | { readonly reason: string };
