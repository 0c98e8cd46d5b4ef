import type { Range } from 'vscode-languageserver-types';
import { insertLinesBelow } from '../edits.ts';
import { embedsZones, timeZones } from '../go/runtime-needs.ts';
import { type Message, message, type Step, step, stepsOf } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import { addTag } from '../trace/build-edits.ts';
import type { StageTrace } from '../trace/model.ts';
import {
  builderOf,
  isMounted,
  isSetByCaller,
  placeOf,
  type RunProgram,
  runPrograms,
  stageName,
} from '../trace/programs.ts';
import { shownImage } from '../trace/questions.ts';

const zip = '/usr/local/go/lib/time/zoneinfo.zip';

/** Where Go looks for the database on Linux. */
const places = [
  '/usr/share/zoneinfo',
  '/usr/share/lib/zoneinfo',
  '/usr/lib/locale/TZ',
  '/etc/zoneinfo',
  '/usr/local/go',
];

/** Packages of Alpine that surely bring no zones along. */
const plain =
  /^(?:\.[\w-]+|bash|ca-certificates|curl|dumb-init|gcompat|git|jq|libc6-compat|libgcc|libstdc\+\+|musl|openssl|su-exec|tini|wget)$/;

const lacksZones = (stage: StageTrace, subject: Subject): boolean =>
  stage.rootImage?.zoneinfo === 'no' &&
  !stage.rootImage.go &&
  !stage.opaque &&
  !stage.packagesOpen &&
  [...stage.packages].every((name) => plain.test(name)) &&
  !places.some((place) => stage.written(place) || isMounted(place, subject)) &&
  !stage.env.get('ZONEINFO') &&
  !isSetByCaller(['ZONEINFO'], subject);

const fixesOf = (found: RunProgram, safe: boolean, isLoaded: boolean, subject: Subject): readonly Fix[] => {
  const { shipped, binary } = found;
  const { source } = subject.dockerfile;
  const builder = builderOf(found, subject);
  const below = (title: string, lines: readonly string[]): Fix => ({
    title,
    safe: false,
    edits: [insertLinesBelow(source, shipped.stage.from.range, lines)],
  });
  const tag = addTag(binary, 'timetzdata', subject.dockerfile);
  const copy = builder && [`COPY --from=${stageName(builder)} ${zip} /zoneinfo.zip`, 'ENV ZONEINFO=/zoneinfo.zip'];
  // The variable TZ is looked up in the folders of the system alone.
  const hasZip = isLoaded && builder?.rootImage?.family === 'golang';
  const isAlpine = shipped.rootImage?.family === 'alpine' && shipped.base.kind === 'image';
  return [
    ...(tag ? [{ title: 'Build with -tags timetzdata', safe, edits: [tag] }] : []),
    ...(copy && hasZip ? [below('Copy zoneinfo.zip of Go', copy)] : []),
    ...(isAlpine ? [below('Install tzdata', ['RUN apk add --no-cache tzdata'])] : []),
  ];
};

interface Wanted {
  readonly range: Range | undefined;
  readonly message: Message;
  readonly sure: boolean;
  readonly isLoaded: boolean;
  readonly related: readonly Step[];
}

/** The zone that the image sets for everything, where it is not UTC. */
const zoneOfImage = ({ shipped, path }: RunProgram): Wanted | undefined => {
  const zone = shipped.env.get('TZ');
  if (!zone?.known || /^:?(?:|UTC|Etc\/UTC|GMT|Local)$/.test(zone.value)) return undefined;
  const values = { path, zone: zone.value, image: shownImage(shipped) };
  return {
    range: stepsOf(zone).at(-1)?.range,
    message: message('TZ={zone} has no effect on {path}: {image} has no time zones, so that it runs in UTC.', values),
    sure: true,
    isLoaded: false,
    related: [],
  };
};

const zoneOfProgram = ({ shipped, binary, path, program }: RunProgram): Wanted | undefined => {
  const need = timeZones(program);
  if (need.verdict !== 'yes') return undefined;
  const zone = need.because?.use.arguments[0];
  const values = { path, zone: String(zone ?? ''), image: shownImage(shipped), place: placeOf(need) };
  return {
    range: shipped.stage.from.image?.range,
    message: need.surely
      ? message('{path} loads the time zone {zone}, and {image} has none: unknown time zone {zone}.', values)
      : message('{path} loads time zones by name, and {image} has none: all but UTC fail.', values),
    sure: need.surely,
    isLoaded: true,
    related: [step(binary.command.command.range, '{place} of the program that is built here says so.', values)],
  };
};

function* check(subject: Subject): Iterable<Finding> {
  for (const found of runPrograms(subject)) {
    const { shipped, binary, program } = found;
    // A package that nobody read may bring them in.
    if (program.closure.unseen.size > 0 || embedsZones(program, binary.flags.tags) || !lacksZones(shipped, subject))
      continue;
    for (const wanted of [zoneOfProgram(found), zoneOfImage(found)]) {
      if (!wanted) continue;
      yield {
        range: wanted.range ?? shipped.stage.from.range,
        message: wanted.message,
        severity: wanted.sure ? 'warning' : 'information',
        related: wanted.related,
        fixes: fixesOf(found, wanted.sure && wanted.isLoaded, wanted.isLoaded, subject),
      };
    }
  }
}

export const requireZoneinfo: Rule = {
  id: 'require-zoneinfo',
  title: 'No time zones for a program that loads them',
  severity: 'warning',
  concern: 'starts',
  why: `\`time.LoadLocation\` reads the zone database of the image. scratch, busybox and alpine have none:

    unknown time zone Europe/Paris

In the build stage the same program works, as Go brings a database along (\`/usr/local/go/lib/time/zoneinfo.zip\`). With
the variable \`TZ\` it is worse: nothing is said, and the program runs in UTC.

The database can be linked into the program (\`-tags timetzdata\`, 450 kB), copied from the golang image, or installed.`,
  silent: [
    'Programs that import `time/tzdata` or are built with `-tags timetzdata`, and programs that load UTC or Local alone.',
    'Images into which zones were copied or installed, or that set `ZONEINFO`; images of which it is not known.',
    'Programs with imports of which neither sources nor tables say anything: one of them may bring the zones.',
  ],
  references: ['https://pkg.go.dev/time#LoadLocation', 'https://pkg.go.dev/time/tzdata'],
  example: {
    files: {
      'go.mod': 'module example.com/app\n\ngo 1.26\n',
      'main.go':
        'package main\n\nimport "time"\n\nfunc main() {\n\tif _, err := time.LoadLocation("Europe/Paris"); err != nil {\n\t\tpanic(err)\n\t}\n}\n',
    },
    bad: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -tags timetzdata -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};
