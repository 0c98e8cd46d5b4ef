import type { Rule } from '../rule.ts';
import { buildExistingPackage } from './build-existing-package.ts';
import { buildIntoDirectory } from './build-into-directory.ts';
import { buildMainPackage } from './build-main-package.ts';
import { copyBuiltFile } from './copy-built-file.ts';
import { copyEmbeddedFiles } from './copy-embedded-files.ts';
import { copyExistingGoSum } from './copy-existing-go-sum.ts';
import { copyExistingSource } from './copy-existing-source.ts';
import { copyImportedPackages } from './copy-imported-packages.ts';
import { copyIntoDirectory } from './copy-into-directory.ts';
import { copyLocalModules } from './copy-local-modules.ts';
import { copyRuntimeFiles } from './copy-runtime-files.ts';
import { declareBuildArg } from './declare-build-arg.ts';
import { downloadModulesFirst } from './download-modules-first.ts';
import { installOnPath } from './install-on-path.ts';
import { keepBuildOutput } from './keep-build-output.ts';
import { keepVersionInfo } from './keep-version-info.ts';
import { matchCacheMounts } from './match-cache-mounts.ts';
import { matchExposedPort } from './match-exposed-port.ts';
import { matchGlibcVersion } from './match-glibc-version.ts';
import { matchGoVersion } from './match-go-version.ts';
import { matchLdflagsVariable } from './match-ldflags-variable.ts';
import { matchLibc } from './match-libc.ts';
import { matchTargetOs } from './match-target-os.ts';
import { matchVendorMode } from './match-vendor-mode.ts';
import { noApkCache } from './no-apk-cache.ts';
import { noAptLists } from './no-apt-lists.ts';
import { noBuildPlatformInFinalStage } from './no-build-platform-in-final-stage.ts';
import { noCrossGoInstall } from './no-cross-go-install.ts';
import { noDuplicateLayer } from './no-duplicate-layer.ts';
import { noDynamicBuildMode } from './no-dynamic-build-mode.ts';
import { noEolBaseImage } from './no-eol-base-image.ts';
import { noEolGo } from './no-eol-go.ts';
import { noGoGet } from './no-go-get.ts';
import { noGoModTidy } from './no-go-mod-tidy.ts';
import { noGoRunInFinalImage } from './no-go-run-in-final-image.ts';
import { noGoTarball } from './no-go-tarball.ts';
import { noHardcodedGoarch } from './no-hardcoded-goarch.ts';
import { noIgnoredSource } from './no-ignored-source.ts';
import { noInsecureModuleSource } from './no-insecure-module-source.ts';
import { noObsoleteBuildFlag } from './no-obsolete-build-flag.ts';
import { noRootUser } from './no-root-user.ts';
import { noSecretInBuild } from './no-secret-in-build.ts';
import { noShellWithoutShell } from './no-shell-without-shell.ts';
import { noTargetArgDefault } from './no-target-arg-default.ts';
import { noToolchainInFinalImage } from './no-toolchain-in-final-image.ts';
import { noUnknownGolangTag } from './no-unknown-golang-tag.ts';
import { noUnusedIgnore } from './no-unused-ignore.ts';
import { noUpx } from './no-upx.ts';
import { noVcsStampFailure } from './no-vcs-stamp-failure.ts';
import { orderTargetArgs } from './order-target-args.ts';
import { pinBaseImage } from './pin-base-image.ts';
import { pinGoInstall } from './pin-go-install.ts';
import { preferCacheMounts } from './prefer-cache-mounts.ts';
import { preferCopyOverAdd } from './prefer-copy-over-add.ts';
import { preferExecForm } from './prefer-exec-form.ts';
import { preferGolangImage } from './prefer-golang-image.ts';
import { preferMemoryLimit } from './prefer-memory-limit.ts';
import { preferMultiStage } from './prefer-multi-stage.ts';
import { preferNativeBuilder } from './prefer-native-builder.ts';
import { preferNumericUser } from './prefer-numeric-user.ts';
import { preferStrippedBinary } from './prefer-stripped-binary.ts';
import { requireCCompiler } from './require-c-compiler.ts';
import { requireCaCertificates } from './require-ca-certificates.ts';
import { requireCgo } from './require-cgo.ts';
import { requireDockerignore } from './require-dockerignore.ts';
import { requireGit } from './require-git.ts';
import { requireGoarm } from './require-goarm.ts';
import { requireGoprivate } from './require-goprivate.ts';
import { requireMuslTag } from './require-musl-tag.ts';
import { requireSharedLibrary } from './require-shared-library.ts';
import { requireStaticBinary } from './require-static-binary.ts';
import { requireTargetArch } from './require-target-arch.ts';
import { requireTmp } from './require-tmp.ts';
import { requireZoneinfo } from './require-zoneinfo.ts';
import { runExistingFile } from './run-existing-file.ts';
import { setWorkdir } from './set-workdir.ts';
import { shareGoVersion } from './share-go-version.ts';

/** Every rule, in alphabetical order. */
export const rules: readonly Rule[] = [
  buildExistingPackage,
  buildIntoDirectory,
  buildMainPackage,
  copyBuiltFile,
  copyEmbeddedFiles,
  copyExistingGoSum,
  copyExistingSource,
  copyImportedPackages,
  copyIntoDirectory,
  copyLocalModules,
  copyRuntimeFiles,
  declareBuildArg,
  downloadModulesFirst,
  installOnPath,
  keepBuildOutput,
  keepVersionInfo,
  matchCacheMounts,
  matchExposedPort,
  matchGlibcVersion,
  matchGoVersion,
  matchLdflagsVariable,
  matchLibc,
  matchTargetOs,
  matchVendorMode,
  noApkCache,
  noAptLists,
  noBuildPlatformInFinalStage,
  noCrossGoInstall,
  noDuplicateLayer,
  noDynamicBuildMode,
  noEolBaseImage,
  noEolGo,
  noGoGet,
  noGoModTidy,
  noGoRunInFinalImage,
  noGoTarball,
  noHardcodedGoarch,
  noIgnoredSource,
  noInsecureModuleSource,
  noObsoleteBuildFlag,
  noRootUser,
  noSecretInBuild,
  noShellWithoutShell,
  noTargetArgDefault,
  noToolchainInFinalImage,
  noUnknownGolangTag,
  noUnusedIgnore,
  noUpx,
  noVcsStampFailure,
  orderTargetArgs,
  pinBaseImage,
  pinGoInstall,
  preferCacheMounts,
  preferCopyOverAdd,
  preferExecForm,
  preferGolangImage,
  preferMemoryLimit,
  preferMultiStage,
  preferNativeBuilder,
  preferNumericUser,
  preferStrippedBinary,
  requireCCompiler,
  requireCaCertificates,
  requireCgo,
  requireDockerignore,
  requireGit,
  requireGoarm,
  requireGoprivate,
  requireMuslTag,
  requireSharedLibrary,
  requireStaticBinary,
  requireTargetArch,
  requireTmp,
  requireZoneinfo,
  runExistingFile,
  setWorkdir,
  shareGoVersion,
];
