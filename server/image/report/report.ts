import type { ReadImage } from '../archive/read-archive.ts';
import { adviseOn, firstLine, type Measured } from './advice.ts';
import { goPlaces, reportBinary } from './binaries.ts';
import type { BuiltFrom } from './built-from.ts';
import { compareWithTrace } from './differences.ts';
import { imageFacts } from './facts.ts';
import { reportLayers, wastedFiles } from './layers.ts';
import { loaderPaths } from './libraries.ts';
import type { ImageReport } from './model.ts';
import { imageTree, sum } from './size-tree.ts';

const mostShown = 50;

/** The report of an image that was read; `from` is the Dockerfile that it was built from, when it is known. */
export function reportImage(name: string, image: ReadImage, from?: BuiltFrom): ImageReport {
  const { files, oddities } = image;
  const { layers, history } = reportLayers(image, files, from?.written);
  const hidden = wastedFiles(files);
  const wasted = sum(hidden);
  const size = sum(layers);
  const paths = loaderPaths(files.root, image.config.env);
  const { programs, toolchains } = goPlaces(files.root);
  const { platform } = image.config;
  const binaries = programs.map((place) => reportBinary(place, files.root, paths, platform));
  const facts = imageFacts(files, image.config, paths, toolchains);
  const measured: Measured = { size, files, layers, wastedFiles: hidden, binaries, facts };
  return {
    name,
    platform,
    size,
    compressed: compressedSize(layers),
    visible: size - wasted,
    wasted,
    layers,
    history,
    wastedFiles: hidden.slice(0, mostShown),
    tree: imageTree(name, treeLayers(image, layers)),
    binaries,
    facts,
    advice: adviseOn(measured, from?.offered ?? []),
    differences: from?.stage ? compareWithTrace(from.stage, image, files.root, binaries, facts) : [],
    oddities,
  };
}

function compressedSize(layers: ImageReport['layers']): number | undefined {
  let total = 0;
  for (const { compressed } of layers) {
    if (compressed === undefined) return undefined;
    total += compressed;
  }
  return total;
}

const treeLayers = (image: ReadImage, layers: ImageReport['layers']): Parameters<typeof imageTree>[1] =>
  image.layers.map(({ entries }, index) => ({
    name: firstLine(layers[index]?.createdBy ?? '') || `layer ${index + 1}`,
    files: entries,
  }));
