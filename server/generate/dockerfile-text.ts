import { copyLine, type Recipe, shellWord } from './recipe.ts';
import { lines } from './text.ts';

const certificateFile = '/etc/ssl/certs/ca-certificates.crt';
const zoneFile = '/usr/local/go/lib/time/zoneinfo.zip';
const moduleCache = '--mount=type=cache,target=/go/pkg/mod';
const buildCache = '--mount=type=cache,target=/root/.cache/go-build';

const when = <T>(condition: boolean, value: T): T | undefined => (condition ? value : undefined);

const environment = ({ cgo, crossPlatform }: Recipe): string =>
  `CGO_ENABLED=${cgo ? '1' : '0'}${crossPlatform ? ' GOOS=$TARGETOS GOARCH=$TARGETARCH' : ''}`;

/** C code for a last stage without a libc: linked into the program, with the resolver and the user lookup of Go. */
const linksAll = ({ cgo, base }: Recipe): boolean => cgo && (base === 'scratch' || base === 'distroless-static');

const goBuild = (recipe: Recipe): string => {
  const { saysVendor, versionVariable, name, operand } = recipe;
  const mod = saysVendor ? ' -mod=vendor' : '';
  const tags = linksAll(recipe) ? ' -tags=netgo,osusergo' : '';
  const external = linksAll(recipe) ? " -linkmode external -extldflags '-static'" : '';
  const version = versionVariable ? ` -X main.${versionVariable}=$VERSION` : '';
  return `${environment(recipe)} go build${mod}${tags} -trimpath -ldflags="-s -w${external}${version}" -o ${shellWord(`/out/${name}`)} ${shellWord(operand)}`;
};

const runBuild = (recipe: Recipe): readonly string[] => {
  const build = goBuild(recipe);
  if (recipe.cache === 'layers') return [`RUN ${build}`];
  const mounts = recipe.copyModules.length === 0 ? [buildCache] : [moduleCache, buildCache];
  return [...mounts.map((mount, at) => `${at === 0 ? 'RUN ' : '    '}${mount} \\`), `    ${build}`];
};

const download = ({ copyModules, cache }: Recipe): readonly string[] | undefined => {
  if (copyModules.length === 0) return undefined;
  return cache === 'mounts' ? [`RUN ${moduleCache} \\`, '    go mod download'] : ['RUN go mod download'];
};

const why = (recipe: Recipe): string => {
  const { cgo, base } = recipe;
  if (linksAll(recipe)) return '# The program needs C: linked into it, as the last stage has no C library.';
  if (cgo) return '# The program needs C: the last stage has the same C library as this one.';
  return base === 'scratch' || base === 'distroless-static'
    ? '# Without cgo the program is static: it needs nothing from the last stage.'
    : '# Without cgo the program is static and runs on any Linux.';
};

const buildStage = (recipe: Recipe): string => {
  const says = (text: string): string | undefined => when(recipe.comments, text);
  const { builder, cgo, cxx, base, crossPlatform, copyModules, versionVariable, temp, passwd } = recipe;
  return lines`
    ${says(crossPlatform ? '# The compiler runs on the machine that builds and writes for the one that runs.' : '')}
    FROM ${crossPlatform ? '--platform=$BUILDPLATFORM ' : ''}${builder} AS build
    ${when(cgo && base === 'alpine', `RUN apk add --no-cache ${cxx ? 'g++' : 'gcc'} musl-dev`)}
    WORKDIR ${recipe.workdir}

    ${recipe.outside.flatMap((folder) => says(`# ${folder} lies outside the build context: copy it in, or this build fails.`) ?? [])}
    ${when(copyModules.length > 0, says('# Modules first: this layer stays while go.mod and go.sum do.'))}
    ${copyModules}
    ${download(recipe)}

    ${copyLine(['.'], recipe.root === recipe.workdir ? '.' : recipe.root)}
    ${when(crossPlatform, 'ARG TARGETOS TARGETARCH')}
    ${when(versionVariable !== undefined, 'ARG VERSION=dev')}
    ${says(why(recipe))}
    ${runBuild(recipe)}
    ${when(temp, 'RUN mkdir -p /out/tmp')}
    ${when(passwd && base === 'scratch', "RUN echo 'nonroot:x:65532:65532::/:/sbin/nologin' > /out/passwd")}
  `;
};

/** How each base gets an entry for user 65532; distroless has one. */
const entry: Readonly<Partial<Record<Recipe['base'], string>>> = {
  scratch: 'COPY --from=build /out/passwd /etc/passwd',
  alpine: 'RUN adduser -D -H -u 65532 nonroot',
  debian: 'RUN useradd --uid 65532 --no-create-home nonroot',
};

const lastStage = (recipe: Recipe): string => {
  const says = (condition: boolean, text: string): string | undefined => when(recipe.comments && condition, text);
  const { final, base, cxx, name, runtimeFiles, port, temp, passwd, certificates, zones } = recipe;
  const program = `/usr/local/bin/${name}`;
  const ofName = plainCopy(`/out/${name}`, program);
  const nonroot = base.startsWith('distroless');
  return lines`
    FROM ${final}
    ${when(cxx && base === 'alpine', 'RUN apk add --no-cache libstdc++')}
    ${says(certificates === 'yes', '# To trust the servers it calls.')}
    ${says(certificates === 'unknown', '# In case a module it uses calls servers: to trust them.')}
    ${when(certificates !== 'no', `COPY --from=build ${certificateFile} ${certificateFile}`)}
    ${says(zones === 'yes', '# Time zones by name.')}
    ${says(zones === 'unknown', '# In case a module it uses asks for time zones by name.')}
    ${when(zones !== 'no', `COPY --from=build ${zoneFile} /usr/local/share/zoneinfo.zip`)}
    ${when(zones !== 'no', 'ENV ZONEINFO=/usr/local/share/zoneinfo.zip')}
    ${says(passwd, '# os/user looks it up in /etc/passwd.')}
    ${when(passwd, entry[base] ?? '')}
    ${says(temp, '# Temporary files need a folder its user may write to.')}
    ${when(temp, 'COPY --from=build --chown=65532:65532 /out/tmp /tmp')}
    ${says(runtimeFiles.length > 0, '# Opened while it runs.')}
    ${when(runtimeFiles.length > 0, 'WORKDIR /app')}
    ${runtimeFiles.map((path) => copyLine([path], `/app/${path}`))}
    COPY --from=build ${ofName}
    ${says(!nonroot && passwd, '# A number: Kubernetes can tell that it is not root.')}
    ${says(!nonroot && !passwd, '# A number needs no entry in /etc/passwd, and Kubernetes can tell that it is not root.')}
    ${when(!nonroot, 'USER 65532:65532')}
    ${port === undefined ? undefined : `EXPOSE ${port}`}
    ENTRYPOINT ["${program}"]
  `;
};

const plainCopy = (from: string, to: string): string => copyLine([from], to).slice('COPY '.length);

/** The Dockerfile of a recipe. */
export const dockerfileText = (recipe: Recipe): string => `${buildStage(recipe)}\n${lastStage(recipe)}`;
