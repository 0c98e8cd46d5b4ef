import type { Range, TextEdit } from 'vscode-languageserver-types';
import type { EnvInstruction } from '../dockerfile/model.ts';
import { removeLines, removeWord } from '../edits.ts';
import { flag, isOn } from '../go/command.ts';
import { parseGoflags } from '../go/ldflags.ts';
import { wordText } from '../go/word-text.ts';
import { goMinor } from '../images/stopped-tags.ts';
import { message } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import { commandsOfRun } from '../shell/commands.ts';
import type { StageTrace } from '../trace/model.ts';

/** A variable set to a value that is written out. */
interface Setting {
  readonly name: string;
  readonly value: string;
  readonly range: Range;
  readonly removal: (() => TextEdit) | undefined;
}

/** Patterns for every module: `*`, or one without a host. */
const matchesAll = (value: string): boolean =>
  value.split(',').some((pattern) => /^[*?]+(\/[*?]+)*$/.test(pattern.trim()));

/** A proxy of this machine or of its own network, under a name without a dot. */
const isNear = (host: string): boolean =>
  /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|[\w-]+|host\.docker\.internal|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(1[6-9]|2\d|3[01])\.\d+\.\d+)$/.test(
    host,
  );

const openProxy = (value: string): boolean =>
  value.split(/[,|]/).some((address) => {
    const host = /^http:\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^:/]+)/.exec(address.trim())?.[1];
    return host !== undefined && !isNear(host);
  });

/** The sentence about a setting; undefined for a harmless one. */
const problemOf = ({ name, value }: Setting, isOld: boolean): string | undefined => {
  if (name === 'GOSUMDB' && value === 'off') return 'GOSUMDB=off takes modules that go.sum does not have unchecked.';
  if (name === 'GONOSUMDB' && matchesAll(value))
    return 'GONOSUMDB={value} takes every module that go.sum does not have unchecked.';
  if (name === 'GOINSECURE' && matchesAll(value))
    return 'GOINSECURE={value} fetches every module over connections that nobody vouches for.';
  if (name === 'GOFLAGS' && isOld && parseGoflags(value).some((each) => each.name === 'insecure'))
    return 'GOFLAGS=-insecure fetches modules over connections that nobody vouches for.';
  if (name === 'GOPROXY' && openProxy(value))
    return 'GOPROXY={value} is not encrypted: whoever is on the way can change modules.';
  return undefined;
};

const ofEnv = (instruction: EnvInstruction, { source }: Subject['dockerfile']): readonly Setting[] =>
  instruction.assignments.flatMap(({ name, nameRange, value }) => {
    if (!value || /[$`]/.test(value.raw)) return [];
    const range: Range = { start: nameRange.start, end: value.range.end };
    const alone = instruction.assignments.length === 1;
    const removal = () => (alone ? removeLines(instruction.range) : removeWord(source, range));
    return [{ name, value: wordText(value.raw), range, removal }];
  });

function* settings(stage: StageTrace, { dockerfile }: Subject): Iterable<Setting> {
  for (const instruction of stage.stage.instructions) {
    if (instruction.onbuild) continue;
    if (instruction.keyword === 'ENV') yield* ofEnv(instruction, dockerfile);
    if (instruction.keyword !== 'RUN') continue;
    for (const command of commandsOfRun(instruction, dockerfile).commands) {
      for (const { name, value, range } of command.assignments) {
        if (value && !/[$`]/.test(value.raw)) yield { name, value: wordText(value.raw), range, removal: undefined };
      }
      const isExport =
        command.words[0]?.raw === 'export' || (command.words[0]?.raw === 'go' && command.words[1]?.raw === 'env');
      for (const word of isExport ? command.words.slice(1) : []) {
        const [, name, value] = /^(\w+)=([\s\S]*)$/.exec(wordText(word.raw)) ?? [];
        if (name && value && !/[$`]/.test(value)) yield { name, value, range: word.range, removal: undefined };
      }
    }
  }
}

/** Modules that come from a folder, or from nowhere, are not the network's. */
const isOffline = (stage: StageTrace): boolean => {
  const proxy = stage.env.get('GOPROXY');
  return (proxy?.known ?? false) && /^(off|file:)/.test(proxy?.known ? proxy.value : '');
};

function* check(subject: Subject): Iterable<Finding> {
  for (const stage of subject.trace.stages) {
    if (!stage.isGoStage || isOffline(stage) || stage.goSteps.every(({ moduleMode }) => moduleMode.usesVendor))
      continue;
    const isOld = goMinor(stage.rootImage?.go, 17) < 17;
    for (const setting of settings(stage, subject)) {
      const template = problemOf(setting, isOld);
      if (!template) continue;
      const fixes: readonly Fix[] = setting.removal
        ? [{ title: 'Remove it', safe: false, edits: [setting.removal()] }]
        : [];
      yield { range: setting.range, message: message(template, { value: setting.value }), fixes };
    }
    for (const { command } of stage.goSteps) {
      const insecure = command.verb === 'get' && isOn(command, 'insecure') ? flag(command, 'insecure') : undefined;
      if (!insecure) continue;
      const template = isOld
        ? '-insecure fetches modules over connections that nobody vouches for.'
        : 'go get stops: -insecure is no flag any more since Go 1.17.';
      yield { range: insecure.range, message: message(template) };
    }
  }
}

export const noInsecureModuleSource: Rule = {
  id: 'no-insecure-module-source',
  title: 'Modules are fetched without their check',
  severity: 'warning',
  concern: 'safe',
  why: `Two things keep a module from being changed on its way: an encrypted connection, and the checksum database, which the go
command asks for every module that go.sum does not have yet. \`GOSUMDB=off\` and \`GONOSUMDB=*\` switch the second off for all
modules, \`GOINSECURE=*\` and an \`http://\` proxy the first. Whoever is on the way can then put code into the program.

For modules of your own name their hosts: \`GOPRIVATE=git.example.com\` keeps those from the proxy and the database, and no
others. \`-insecure\` was a flag until Go 1.16; today \`go get\` ends with \`-insecure flag is no longer supported\`. Switch it off for builds in a closed network with a mirror of its own.`,
  silent: [
    'Patterns with a host, such as `GONOSUMDB=git.example.com/*`, and values with a variable.',
    'Proxies of the machine or of a private network, and `file://`.',
    'Stages with `GOPROXY=off` or `GOPROXY=file://…`, and builds from vendor/.',
  ],
  references: [
    'https://go.dev/ref/mod#checksum-database',
    'https://go.dev/ref/mod#private-modules',
    'https://go.dev/ref/mod#environment-variables',
  ],
  example: {
    bad: `FROM golang:1.26 AS build
WORKDIR /src
ENV GOSUMDB=off
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM golang:1.26 AS build
WORKDIR /src
ENV GOPRIVATE=git.example.com
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};
