import type { Entry } from './entry.ts';

/** What an engine says of the Dockerfile and of the build context, when no command of a RUN failed. */
export const dockerfileTable = [
  {
    cause: 'empty-dockerfile',
    says: /the Dockerfile (?:\([^)]*\) )?cannot be empty|file with no instructions|no contents in "|dockerfile contains no stages|no build stage in current context|no stages to build/i,
    reason: 'The Dockerfile is empty: write at least a FROM.',
  },
  {
    cause: 'no-dockerfile',
    says: /failed to read dockerfile|specified (?:Containerfile or )?Dockerfile.*does not exist|unable to evaluate symlinks in Dockerfile path/i,
    reason: 'The engine cannot read the Dockerfile: save the file, and check that .dockerignore does not exclude it.',
  },
  {
    cause: 'context-unreadable',
    says: /(?:error checking context|unable to prepare context|failed to read(?:dir)? .*context|error from sender): *(?<problem>.*)/i,
    reason: 'The build context cannot be read: {problem}',
  },
  {
    cause: 'blank-base',
    says: /base name \([^)]*\) should not be blank|FROM requires either one|invalid reference format|failed to parse stage name ""/,
    reason: 'FROM names no image, because an ARG has no value: give it a default or pass it with a build argument.',
  },
  {
    cause: 'target-missing',
    says: /target stage "?(?<stage>[^\s"]+?)"? (?:could not be|not) found|The target "(?<other>[^"]+)" was not found|failed to reach build target (?<third>\S+)/i,
    reason: ({ stage, other, third }) => `There is no stage ${stage ?? other ?? third}: choose another target.`,
  },
  {
    cause: 'secret-missing',
    says: /secret (?<secret>[^\s:]+)(?: not found|: not found)|no secret with id (?<other>[\w.-]+) found|could not find.*secret.*?"?(?<third>[\w.-]+)"?$/im,
    reason: ({ secret, other, third }) =>
      `The secret ${secret ?? other ?? third} was not passed to the build: choose its file or variable in the build options.`,
  },
  {
    cause: 'ssh-missing',
    says: /unset ssh forward key|no SSH key "?\S*"? forwarded|could not find.*ssh|ssh.*(?:not found|required)/i,
    reason: 'No SSH agent was passed to the build: name it in the build options.',
  },
  {
    cause: 'old-builder',
    says: /the --(?<flag>mount|platform|network|security|chmod|link) option requires BuildKit/i,
    reason: 'RUN --{flag} needs BuildKit: install the buildx plug-in of docker.',
  },
  {
    cause: 'old-builder',
    says: /unknown flag: -*(?<flag>link|parents|exclude|checksum|unpack|chmod|keep-git-dir|start-interval)\b/i,
    reason: 'This engine does not know the flag --{flag}: use a newer BuildKit, or leave it out.',
  },
  {
    cause: 'circular',
    says: /circular dependency|dependency cycle/i,
    reason: 'The stages copy from each other in a circle: break it.',
  },
  {
    cause: 'copy-destination',
    says: /using (?:COPY|ADD) with more than one source(?: file)?, the destination must be a directory|adding multiple (?:sources|items) to non-directory|destination .*is not a directory/i,
    reason: 'Several sources are copied, and the destination is no folder: end it with a slash.',
  },
  {
    cause: 'old-builder',
    says: /failed to get destination image \S+ image with reference \S+ was found but does not match/i,
    reason: 'The legacy builder cannot build this stage for another platform: install the buildx plug-in of docker.',
  },
  {
    cause: 'platform',
    says: /no match for platform(?: in manifest)?(?: \S+)?|image with reference \S+ was found but (?:its platform|does not match)|failed to parse platform/i,
    reason: 'The base image does not exist for the platform of this FROM: choose another platform or image.',
  },
  {
    cause: 'syntax',
    says: /parse error (?:on )?line (?<line>\d+): (?<problem>.+)/i,
    reason: 'Line {line} is not a valid instruction: {problem}',
  },
  {
    cause: 'syntax',
    says: /(?:Build error: |Error response from daemon: )?(?<problem>unknown instruction: .+?)(?: &imagebuilder|$)/im,
    reason: 'The Dockerfile has a syntax error: {problem}',
  },
] as const satisfies readonly Entry[];

/** A file that COPY or ADD does not find; its line is the one that names it. */
export const sourceTable = [
  {
    cause: 'copy-source',
    says: /"(?<path>[^"]+)":? not found/,
    reason: ({ path = '' }) => missing(path),
  },
  {
    cause: 'copy-source',
    says: /no items matching glob "(?:[^"]*\/)?(?<path>[^"/]+)" copied/,
    reason: ({ path = '' }) => missing(path),
  },
  {
    cause: 'copy-source',
    says: /copier: stat: "(?<path>[^"]+)": no such file/,
    reason: ({ path = '' }) => missing(path),
  },
  {
    cause: 'copy-source',
    says: /(?:COPY|ADD) failed: .*?(?:stat|context:? stat|file not found in build context[^:]*: stat) (?<path>[^\s:]+):/,
    reason: ({ path = '' }) => missing(path),
  },
] as const satisfies readonly Entry[];

const missing = (path: string): string =>
  `${path.replace(/^\//, '')} does not exist where COPY looks for it: check the path, the build context and .dockerignore.`;
