/** Somebody has named what there is not. The message says what was probably meant. */
export class UnknownName extends Error {}
