import en from 'zod/v4/locales/en.js';

/** For a parse whose refusals people read: schemas have no words of their own for what breaks a rule. */
export const inEnglish = { error: en().localeError };
