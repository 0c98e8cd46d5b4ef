import { insertLinesBelow } from '../edits.ts';
import type { SystemLibrary } from '../go/system-libraries.ts';
import { glibcOf } from '../images/glibc.ts';
import { message, step } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import type { StageTrace } from '../trace/model.ts';
import { isRoot, loaderOf, rootFrom, type ShippedBinary, shippedBinaries, shownImage } from '../trace/questions.ts';

/** Images of which it is known that they have none of these libraries. */
const bare: ReadonlySet<string> = new Set(['alpine', 'debian', 'ubuntu', 'distroless-base', 'distroless-cc']);

const libraryFolders = ['/lib', '/lib64', '/usr/lib', '/usr/lib64', '/usr/local/lib', '/opt'];

/** Whether anything that may bring a library was done to the image: then nobody knows which ones it has. */
const mayHaveMore = (stage: StageTrace): boolean =>
  stage.opaque ||
  stage.packagesOpen ||
  stage.env.get('LD_LIBRARY_PATH') !== undefined ||
  libraryFolders.some((folder) => stage.written(folder));

/** `vips` of `libvips42t64`, `sqlite` of `libsqlite3-0`. */
const stem = (name: string): string => /^(?:lib)?([a-z]+)/i.exec(name)?.[1] ?? name;

/** A package of the same family, such as a tool of the library, may bring it along. */
const isInstalled = ({ alpine, debian }: SystemLibrary, { packages }: StageTrace): boolean => {
  const names = [alpine, debian.bookworm, debian.trixie].flatMap(({ build, run }) => [...build, ...run]);
  const stems = names.filter((name) => !/^(pkgconf|g\+\+)$/.test(name)).map(stem);
  return [...packages].some((name) => stems.some((each) => name.includes(each)));
};

const installLine = ({ alpine, debian }: SystemLibrary, { rootImage }: StageTrace): string | undefined => {
  if (rootImage?.family === 'alpine') return `RUN apk add --no-cache ${alpine.run.join(' ')}`;
  const release = rootImage?.family === 'debian' ? glibcOf(rootImage)?.release : undefined;
  const names = release === 'bookworm' || release === 'trixie' ? debian[release].run : undefined;
  return (
    names &&
    `RUN apt-get update && apt-get install -y --no-install-recommends ${names.join(' ')} && rm -rf /var/lib/apt/lists/*`
  );
};

const fixOf = (library: SystemLibrary, shipped: StageTrace, { dockerfile }: Subject): readonly Fix[] => {
  const line = installLine(library, shipped);
  const { from } = rootFrom(shipped).stage;
  if (line === undefined || !isRoot(shipped.rootImage?.user ?? 'unknown')) return [];
  const edits = [insertLinesBelow(dockerfile.source, from.range, [line])];
  return [{ title: `Install ${library.name} in the image`, safe: false, edits }];
};

function* lacking({ binary, word, shipped }: ShippedBinary, subject: Subject): Iterable<Finding> {
  for (const library of binary.libraries) {
    if (isInstalled(library, shipped)) continue;
    const path = binary.path.known ? binary.path.value : word.raw;
    const values = { path, library: library.name, image: shownImage(shipped) };
    yield {
      range: word.range,
      message: message('{path} is linked to {library}, which {image} does not have: it will not start.', values),
      related: [...binary.linkage.because, step(rootFrom(shipped).stage.from.range, '{image} is without it.', values)],
      fixes: fixOf(library, shipped, subject),
    };
  }
}

function* check(subject: Subject): Iterable<Finding> {
  for (const found of shippedBinaries(subject.trace)) {
    const { verdict } = found.binary.linkage;
    const { shipped } = found;
    if ((verdict !== 'glibc' && verdict !== 'musl') || loaderOf(shipped) !== verdict) continue;
    if (!bare.has(shipped.rootImage?.family ?? '') || mayHaveMore(shipped)) continue;
    yield* lacking(found, subject);
  }
}

export const requireSharedLibrary: Rule = {
  id: 'require-shared-library',
  title: 'A C library that the program is linked to is not in the image',
  severity: 'warning',
  concern: 'starts',
  why: `The \`-dev\` package that a cgo module needs is installed in the builder, and the last stage gets the program alone. The
libraries it is linked to are looked for when it starts, and the container ends with code 127:

    /app: error while loading shared libraries: libvips.so.42: cannot open shared object file: No such file or directory

On Alpine it says \`Error loading shared library libvips.so.42: No such file or directory (needed by /app)\`. The last stage needs
the run-time package, which has another name: \`libvips42t64\` for \`libvips-dev\` on Debian 13, \`vips\` for \`vips-dev\` on Alpine.`,
  silent: [
    'Static programs, and modules that bring their C code along.',
    'Modules that the table of system libraries does not have.',
    'Images into whose library folders something was copied, that set LD_LIBRARY_PATH, or that install packages by a variable.',
  ],
  references: ['https://pkg.go.dev/cmd/cgo', 'https://packages.debian.org/trixie/libvips42t64'],
  example: {
    files: {
      'go.mod': 'module example.com/app\n\ngo 1.26\n\nrequire github.com/h2non/bimg v1.1.9\n',
      'go.sum': 'github.com/h2non/bimg v1.1.9 h1:AAAA=\n',
      'main.go': 'package main\n\nimport "github.com/h2non/bimg"\n\nfunc main() { println(bimg.Version) }\n',
    },
    bad: `FROM golang:1.26-trixie AS build
RUN apt-get update && apt-get install -y --no-install-recommends libvips-dev
WORKDIR /src
COPY . .
RUN go build -o /app .

FROM debian:trixie-slim
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM golang:1.26-trixie AS build
RUN apt-get update && apt-get install -y --no-install-recommends libvips-dev
WORKDIR /src
COPY . .
RUN go build -o /app .

FROM debian:trixie-slim
RUN apt-get update && apt-get install -y --no-install-recommends libvips42t64 && rm -rf /var/lib/apt/lists/*
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};
