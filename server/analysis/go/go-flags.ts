const build =
  'C asmflags buildmode compiler covermode coverpkg gccgoflags gcflags installsuffix ldflags mod modfile o overlay p pgo pkgdir tags toolexec';

const test =
  'bench benchtime blockprofile blockprofilerate count coverprofile cpu cpuprofile exec fuzz fuzzminimizetime fuzztime list memprofile memprofilerate mutexprofile mutexprofilefraction outputdir parallel run shuffle skip timeout trace vet vettool';

const mod =
  'compat dropexclude dropgodebug dropignore dropreplace droprequire dropretract droptool dropuse exclude go godebug ignore module replace require retract reuse tool toolchain use';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const byVerb: Readonly<Record<string, ReadonlySet<string>>> = {
  build: words(build),
  install: words(build),
  get: words(build),
  vet: words(`${build} vettool c`),
  clean: words(build),
  list: words(`${build} f reuse`),
  generate: words(`${build} run skip`),
  run: words(`${build} exec`),
  test: words(`${build} ${test}`),
  mod: words(`C o modfile overlay ${mod}`),
  work: words(`C o modfile overlay ${mod}`),
  fix: words('C go fix r diff'),
};

const fallback = words('C');

/** Whether a flag of a go verb takes the next word as its value when it is written without `=`. */
export const takesValue = (verb: string, name: string): boolean => {
  // Flags of the program under test may be spelled with the prefix that the test binary itself uses.
  const plain = verb === 'test' ? name.replace(/^test\./, '') : name;
  return (byVerb[verb] ?? fallback).has(plain);
};

/** The verbs of the go command; anything else (`go build.sh`) is not one of its command lines. */
export const goVerbs: ReadonlySet<string> = words(
  'bug build clean doc env fix fmt generate get help install list mod run telemetry test tool version vet work',
);
