const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Names of packages that are kept of a source, by import path; a major version at the end of the path is left out. */
const names: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    'net/http',
    words(
      'Get Head Post PostForm NewRequest NewRequestWithContext Client Transport DefaultClient DefaultTransport ListenAndServe ListenAndServeTLS Serve ServeTLS Server Dir FS FileServer ServeFile MaxBytesReader',
    ),
  ],
  ['net/http/httputil', words('ReverseProxy NewSingleHostReverseProxy')],
  ['net', words('Listen ListenPacket ListenTCP ListenUDP LookupPort')],
  ['net/smtp', words('SendMail Dial NewClient')],
  ['crypto/tls', words('Dial DialWithDialer Dialer Client Listen NewListener Config LoadX509KeyPair')],
  ['crypto/x509', words('NewCertPool SystemCertPool SetFallbackRoots')],
  ['time', words('LoadLocation')],
  [
    'os',
    words(
      'Open OpenFile ReadFile ReadDir DirFS OpenRoot Stat Create WriteFile Mkdir MkdirAll Chdir CreateTemp MkdirTemp TempDir UserHomeDir UserCacheDir UserConfigDir Getenv LookupEnv',
    ),
  ],
  ['io/ioutil', words('ReadFile ReadDir WriteFile TempFile TempDir')],
  ['os/user', words('Current Lookup LookupId LookupGroup LookupGroupId')],
  ['os/exec', words('Command CommandContext LookPath')],
  ['path/filepath', words('Glob Walk WalkDir')],
  ['html/template', words('ParseFiles ParseGlob ParseFS')],
  ['text/template', words('ParseFiles ParseGlob ParseFS')],
  ['runtime/debug', words('ReadBuildInfo SetMemoryLimit SetGCPercent')],
  ['flag', words('String StringVar Int IntVar Uint UintVar')],
  ['github.com/spf13/pflag', words('String StringVar StringP StringVarP Int IntVar IntP IntVarP')],
  ['github.com/prometheus/exporter-toolkit/web/kingpinflag', words('AddFlags')],
  ['google.golang.org/grpc', words('Dial DialContext NewClient')],
  ['google.golang.org/grpc/credentials', words('NewTLS NewClientTLSFromCert NewClientTLSFromFile')],
  ['google.golang.org/grpc/credentials/insecure', words('NewCredentials')],
  ['github.com/golang-migrate/migrate', words('New NewWithDatabaseInstance NewWithSourceInstance')],
  ['github.com/joho/godotenv', words('Load Read Overload')],
]);

/** An import path without the major version at its end. */
export const unversioned = (importPath: string): string => importPath.replace(/\/v\d+$/, '');

/** The names of an imported package that are kept, each time they are mentioned. */
export const keptNames = (importPath: string): ReadonlySet<string> | undefined => names.get(unversioned(importPath));

/** Methods that are kept where they are called, whatever they are called on: servers, routers, templates, forms, flag sets. */
export const keptMethods: ReadonlySet<string> = words(
  'Run RunTLS Start StartTLS Listen ListenTLS ListenAndServe ListenAndServeTLS Serve ParseFiles ParseGlob LoadHTMLGlob LoadHTMLFiles Static StaticFile StaticFS File SendFile ServeFile ParseMultipartForm FormFile MultipartForm String StringVar StringP StringVarP Int IntVar IntP IntVarP Uint UintVar SetDefault SetConfigFile AddConfigPath',
);

/** Functions of one's own that are kept where they are called: readers of environment variables with a default. */
export const keepsFunction = (name: string): boolean => /env|default/i.test(name);

/** Variables, constants and fields that are kept where a literal is given to them: addresses and TLS settings. */
export const keepsSetting = (name: string): boolean =>
  /(?:port|addr|address)$/i.test(name) || name === 'InsecureSkipVerify' || name === 'RootCAs';

/** The name a package has in a file that imports it without an alias, as far as its path tells. */
export const packageName = (importPath: string): string => unversioned(importPath).split('/').at(-1) ?? '';
