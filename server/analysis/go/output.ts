/** The name that go gives the binary of a main package: the last element of its import path, without a major version `/v2`. */
export const defaultBinaryName = (importPath: string): string => {
  const parts = importPath.replace(/\/+$/, '').split('/');
  const last = parts.at(-1) ?? importPath;
  const isMajor = /^v(?:[2-9]|[1-9]\d+)$/.test(last) && parts.length > 1;
  return isMajor ? (parts.at(-2) ?? last) : last;
};

/** The name of the binary of a file list (`go build main.go util.go`): its first file without `.go`. */
export const fileBinaryName = (file: string): string => (file.split('/').at(-1) ?? file).replace(/\.go$/, '');

/** The name as a file of the target system: Windows programs end in `.exe`. */
export const withExeSuffix = (name: string, goos: string): string => (goos === 'windows' ? `${name}.exe` : name);

/** Where go install puts programs. */
export interface InstallTarget {
  readonly gobin: string | undefined;
  /** First folder of GOPATH. */
  readonly gopath: string;
  readonly goos: string;
  readonly goarch: string;
  /** True when GOOS and GOARCH are the builder's own. */
  readonly native: boolean;
}

/** The folder go install writes to; undefined when it refuses, as it does for a cross build with GOBIN set. */
export const installFolder = ({ gobin, gopath, goos, goarch, native }: InstallTarget): string | undefined => {
  if (gobin) return native ? gobin : undefined;
  return native ? `${gopath}/bin` : `${gopath}/bin/${goos}_${goarch}`;
};
