import { type ParsedScript, parse } from 'unbash';
import type { Place } from './walk.ts';

/** Scripts nested deeper than this are not followed. */
const deepest = 20;

/** Walks a parsed script whose positions count in `place.text`. */
export const walkScript = (script: ParsedScript, place: Place): void => {
  if (script.errors?.length || place.depth > deepest) place.into.complete = false;
  if (place.depth <= deepest) place.into.walk(script.commands, { ...place, depth: place.depth + 1 });
};

/** Parses and walks a text; what cannot be parsed makes the result incomplete. */
export const walkText = (place: Place): void => {
  try {
    walkScript(parse(place.text), place);
  } catch {
    place.into.complete = false;
  }
};
