// Why the run itself failed, for the user: one sentence, exit code 2.

/** A reason for which the run itself failed, for the user. */
export class Failure extends Error {}
