import type { CommentLanguage } from '../protocol.ts';

/** What the comments say, each a reason; `{name}` is filled in. */
const english = {
  crossCompiles: 'The compiler runs on the machine that builds and writes for the one that runs.',
  emulated: 'C code is compiled on the platform it is for: the builder emulates the others (QEMU), slowly.',
  modulesFirst: 'Modules first: this layer stays while go.mod and go.sum do.',
  vendored: 'The modules lie in vendor/: nothing is downloaded.',
  namedContext: '{folder} lies outside the build context: docker build --build-context {name}={folder}',
  netrc: 'Private modules: docker build --secret id=netrc,src=$HOME/.netrc; no layer keeps it.',
  ssh: 'Private modules: docker build --ssh default; the keys stay with the agent.',
  linksC: 'The program needs C: linked into it, as the last stage has no C library.',
  sameC: 'The program needs C: the last stage has the same C library as this one.',
  staticAlone: 'Without cgo the program is static: it needs nothing from the last stage.',
  staticAnywhere: 'Without cgo the program is static and runs on any Linux.',
  buildPackages: 'Headers and libraries that the C code is compiled with.',
  runPackages: 'Libraries that the C code is linked with.',
  reproducible: 'No path, no build ID, one date for all files: the same sources give the same bytes.',
  withoutCommit: 'No commit is recorded: .git stays out of the build, or each commit would repeat all of it.',
  upx: 'Packed: less to store, but slower to start, more memory, and scanners cannot read what is inside.',
  web: 'What the program embeds is made here.',
  test: 'docker build --target test',
  debug: 'docker build --target debug, then: docker run -p 40000:40000 --cap-add=SYS_PTRACE',
  certificates: 'To trust the servers it calls.',
  certificatesMaybe: 'In case a module it uses calls servers: to trust them.',
  zones: 'Time zones by name.',
  zonesMaybe: 'In case a module it uses asks for time zones by name.',
  passwd: 'os/user looks it up in /etc/passwd.',
  temp: 'Temporary files need a folder its user may write to.',
  runtimeFiles: 'Opened while it runs.',
  number: 'A number: Kubernetes can tell that it is not root.',
  numberAlone: 'A number needs no entry in /etc/passwd, and Kubernetes can tell that it is not root.',
  ownHealth: 'The program asks itself: the image has nothing else that could.',
  target: 'docker build --target {name}',
  ignored: 'Not part of the build: secrets stay out of it, and their changes do not repeat it.',
  needed: 'The build reads these.',
} as const;

export type CommentKey = keyof typeof english;

const chinese: Readonly<Record<CommentKey, string>> = {
  crossCompiles: '编译器在构建机器的平台上运行,为目标平台生成程序,无需模拟。',
  emulated: 'C 代码在其目标平台上编译:构建机器会模拟其他平台(QEMU),较慢。',
  modulesFirst: '先取依赖:只要 go.mod 和 go.sum 不变,这一层就一直有效。',
  vendored: '依赖都在 vendor/ 里,无需下载。',
  namedContext: '{folder} 在构建上下文之外:docker build --build-context {name}={folder}',
  netrc: '私有模块:docker build --secret id=netrc,src=$HOME/.netrc;凭据不会留在任何层里。',
  ssh: '私有模块:docker build --ssh default;密钥始终留在 ssh-agent 中。',
  linksC: '程序需要 C 代码:静态链接进程序,因为最终镜像没有 C 库。',
  sameC: '程序需要 C 代码:最终镜像与此阶段使用同一种 C 库。',
  staticAlone: '关闭 cgo 后程序是静态的,不需要最终镜像提供任何东西。',
  staticAnywhere: '关闭 cgo 后程序是静态的,可在任何 Linux 上运行。',
  buildPackages: '编译 C 代码所需的头文件和库。',
  runPackages: 'C 代码运行时链接的库。',
  reproducible: '不含路径和构建 ID,所有文件同一时间戳:相同的源码得到相同的字节。',
  withoutCommit: '不记录提交:.git 不参与构建,否则每次提交都要重新构建。',
  upx: '已压缩:占用空间更小,但启动更慢、内存更多,扫描工具也无法读取其内容。',
  web: '程序要嵌入的前端文件在这里生成。',
  test: 'docker build --target test',
  debug: 'docker build --target debug,然后:docker run -p 40000:40000 --cap-add=SYS_PTRACE',
  certificates: '访问其他服务器时需要信任的根证书。',
  certificatesMaybe: '所用模块可能会访问其他服务器:提供根证书。',
  zones: '按名称加载时区。',
  zonesMaybe: '所用模块可能会按名称加载时区。',
  passwd: 'os/user 会在 /etc/passwd 中查找用户。',
  temp: '临时文件需要一个该用户可写的目录。',
  runtimeFiles: '运行时会打开的文件。',
  number: '使用数字:Kubernetes 才能判断它不是 root。',
  numberAlone: '数字不需要 /etc/passwd 中的条目,Kubernetes 也能判断它不是 root。',
  ownHealth: '由程序自己检查:镜像里没有别的工具。',
  target: 'docker build --target {name}',
  ignored: '不参与构建:机密不会进入镜像,它们的改动也不会触发重新构建。',
  needed: '构建需要这些文件。',
};

const catalogues: Readonly<Record<CommentLanguage, Readonly<Record<CommentKey, string>>>> = {
  en: english,
  zh: chinese,
};

/** Writes a comment line; undefined, which takes the whole line away, when the condition fails or none are wanted. */
export type Says = (
  key: CommentKey,
  condition?: boolean,
  values?: Readonly<Record<string, string>>,
) => string | undefined;

/** The comments of one language, or none at all. */
export const commentsIn = (language: CommentLanguage, wanted: boolean): Says => {
  const catalogue = catalogues[language];
  return (key, condition = true, values = {}) =>
    wanted && condition
      ? `# ${catalogue[key].replace(/\{(\w+)\}/g, (all, name: string) => values[name] ?? all)}`
      : undefined;
};
