import { levels } from '../server/analysis/config.ts';
import { rules } from '../server/analysis/rules/index.ts';

/** Where the schema of configuration files lies in the repository and in the package. */
export const schemaPath = 'schemas/go-dockerfile.schema.json';

/** The JSON schema of `.go-dockerfile.json` and `.go-dockerfile.yaml`. */
export const configSchema = (): string => {
  const properties = Object.fromEntries(
    rules.map(({ id, title, severity }) => [
      id,
      { description: `${title}. Default: ${severity}.`, enum: [...levels], default: 'default' },
    ]),
  );
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Configuration of Go Dockerfile',
    description: 'For Dockerfiles beside this file and in folders below it, down to the next such file.',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { type: 'string' },
      rules: {
        description: 'Severities of rules; they come before editor settings.',
        type: 'object',
        additionalProperties: false,
        properties,
      },
    },
  };
  return `${JSON.stringify(schema, undefined, 2)}\n`;
};
