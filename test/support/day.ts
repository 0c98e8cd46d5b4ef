import { type Config, defaultConfig, onDay } from '../../server/analysis/config.ts';
import { dataDate } from '../../server/analysis/images/tables.ts';

/** The settings of tests: none, on the day the tables of images were made. */
export const onDataDay: Config = onDay(defaultConfig, new Date(dataDate));
