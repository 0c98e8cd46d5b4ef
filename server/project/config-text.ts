import { type ConfigReading, readConfig } from '../analysis/config-file.ts';
import { message } from '../analysis/known.ts';
import { yamlTree } from './yaml-tree.ts';

/** Reads the text of a configuration file; JSON is YAML. What is wrong in it is told, the rest counts. */
export const parseConfigFile = (text: string): ConfigReading => {
  const { root, errors } = yamlTree(text);
  const { rules, problems } = readConfig(root);
  const syntax = errors.map((error) => ({
    range: error.range,
    message: message('{error}.', { error: error.message.replace(/[.:]$/, '') }),
  }));
  // What a broken text seems to say is no use to anybody.
  return { rules, problems: syntax.length > 0 ? syntax : problems };
};
