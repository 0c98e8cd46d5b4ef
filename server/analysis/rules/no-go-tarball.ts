import type { Range, TextEdit } from 'vscode-languageserver-types';
import type { RunInstruction } from '../dockerfile/model.ts';
import { replace } from '../edits.ts';
import { type GoTarball, goTarballAt } from '../go/tarball.ts';
import { wordText } from '../go/word-text.ts';
import { golangTagVerdict } from '../images/golang.ts';
import { parseImageRef } from '../images/ref.ts';
import { message } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import type { StageTrace } from '../trace/model.ts';
import type { ShellStep } from '../trace/shell-step.ts';

interface Download extends GoTarball {
  readonly range: Range;
  readonly run: RunInstruction | undefined;
}

const match = (raw: string, range: Range, run?: RunInstruction): readonly Download[] => {
  const found = goTarballAt(wordText(raw));
  return found ? [{ ...found, range, run }] : [];
};

const downloads = ({ commands, copies }: StageTrace): readonly Download[] => [
  ...commands
    .filter(({ program }) => program === 'curl' || program === 'wget')
    .flatMap(({ command, run }) => command.words.flatMap(({ raw, range }) => match(raw, range, run))),
  ...copies.flatMap(({ instruction }) =>
    instruction.keyword === 'ADD' && !instruction.flags.some(({ name }) => name === 'checksum')
      ? instruction.sources.flatMap(({ raw, range }) => match(raw, range))
      : [],
  ),
];

const isChecked = ({ program }: ShellStep): boolean => /^(sha256sum|shasum|sha512sum|gpg|cosign)$/.test(program);

/** Programs of a RUN that does nothing but download and unpack. */
const isPart = ({ program }: ShellStep): boolean => /^(curl|wget|tar|rm|set|mkdir)$/.test(program);

/** The folder of the official image in place of a RUN that only unpacks the tarball to /usr/local. */
const fixOf = ({ version, run }: Download, steps: readonly ShellStep[], { dockerfile }: Subject): readonly Fix[] => {
  const reference = `golang:${version}`;
  const ref = parseImageRef(reference);
  const unpacks = steps.some(
    ({ program, command }) =>
      program === 'tar' && command.words.some(({ raw }) => raw.replace(/\/$/, '') === '/usr/local'),
  );
  if (!run || !ref || !unpacks || !steps.every(isPart) || golangTagVerdict(ref).verdict !== 'exists') return [];
  const edits: readonly TextEdit[] = [replace(run.range, `COPY --from=${reference} /usr/local/go /usr/local/go`)];
  return dockerfile.source.slice(run.range) === '' ? [] : [{ title: `Copy it from ${reference}`, safe: false, edits }];
};

function* checkStage(stage: StageTrace, subject: Subject): Iterable<Finding> {
  for (const download of downloads(stage)) {
    const steps = stage.commands.filter(({ run }) => run === download.run);
    if (steps.some(isChecked)) continue;
    const { version, arch } = download;
    const fixed = /^[a-z0-9]+$/.test(arch);
    yield {
      range: download.range,
      message: fixed
        ? message('Go {version} for {arch} is installed without a checksum, whatever the platform.', { version, arch })
        : message('Go {version} is installed without a checksum.', { version }),
      fixes: fixOf(download, steps, subject),
    };
  }
}

function* check(subject: Subject): Iterable<Finding> {
  for (const stage of subject.trace.stages) yield* checkStage(stage, subject);
}

export const noGoTarball: Rule = {
  id: 'no-go-tarball',
  title: 'Go is installed from a tarball without a checksum',
  severity: 'warning',
  concern: 'safe',
  why: `\`curl … | tar -C /usr/local -xz\` unpacks whatever comes: nothing says that it is the Go that was meant. A version in an
address is overlooked in updates, and an address with \`linux-amd64\` in it installs that also in an image for another
processor, where go does not start:

    exec /usr/local/go/bin/go: exec format error

\`COPY --from=golang:1.27 /usr/local/go /usr/local/go\` takes it from an image that Docker checks, for the platform that
is built.`,
  silent: [
    'Downloads that sha256sum, shasum or gpg checks in the same RUN; ADD with `--checksum`.',
    'Other addresses than those of the Go project, and its tarballs for other systems than Linux or with sources alone. Variables for version, system and architecture are understood; there is no fix where the version is one.',
  ],
  references: ['https://go.dev/dl/', 'https://hub.docker.com/_/golang'],
  example: {
    bad: `FROM debian:trixie-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates curl
RUN curl -fsSL https://go.dev/dl/go1.27.1.linux-amd64.tar.gz | tar -C /usr/local -xz
ENV PATH=$PATH:/usr/local/go/bin
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM debian:trixie-slim AS build
COPY --from=golang:1.27.1 /usr/local/go /usr/local/go
ENV PATH=$PATH:/usr/local/go/bin
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};
