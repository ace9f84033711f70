/** The names of all commands, for those that must not load the commands themselves. */
export const COMMAND_NAMES = ['build', 'check', 'lint', 'explain', 'catalogue'] as const;

export type CommandName = (typeof COMMAND_NAMES)[number];
