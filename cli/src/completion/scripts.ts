/** Completion scripts. Each walks over the words that are typed to know the place, then offers what may come there. */
import type { Place } from './places.ts';

/** The shells that there is a script for. */
export type Shell = 'bash' | 'zsh' | 'fish';

export const scripts: Readonly<Record<Shell, (places: readonly Place[]) => string>> = {
  bash: (places) => `# Completion of rollcall for bash. In ~/.bashrc: eval "$(rollcall completion bash)"
_rollcall() {
  local at='' offered='' i
  for ((i = 1; i < COMP_CWORD; i++)); do
${walk(places, `\${COMP_WORDS[i]}`)}
  done
${offer(places, `\${COMP_WORDS[COMP_CWORD-1]}`)}
  COMPREPLY=($(compgen -W "$offered" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _rollcall rollcall
`,
  zsh: (
    places,
  ) => `# Completion of rollcall for zsh. In ~/.zshrc, behind compinit: eval "$(rollcall completion zsh)"
_rollcall() {
  local at='' offered='' i
  for ((i = 2; i < CURRENT; i++)); do
${walk(places, '$words[i]')}
  done
${offer(places, '$words[CURRENT-1]')}
  compadd -- \${=offered} || _files
}
compdef _rollcall rollcall
`,
  fish: (
    places,
  ) => `# Completion of rollcall for fish. In ~/.config/fish/config.fish: rollcall completion fish | source
function __rollcall_offered
  set -l at ''
  set -l typed (commandline -opc)
  for word in $typed
    switch "$at $word"
${steps(places)
  .map(([at, word, path]) => `      case '${at} ${word}'\n        set at '${path}'`)
  .join('\n')}
    end
  end
  switch "$at $typed[-1]"
${values(places)
  .map(
    ([at, option, choices]) =>
      `    case '${at} ${option}'\n      printf '%s\\n' ${choices.join(' ')}\n      return`,
  )
  .join('\n')}
  end
  switch "$at"
${places
  .map(({ path, words, takesFile }) =>
    [
      `    case '${path}'`,
      `      printf '%s\\n' ${words.join(' ')}`,
      ...(takesFile ? ['      __fish_complete_path (commandline -ct)'] : []),
    ].join('\n'),
  )
  .join('\n')}
  end
end
complete -c rollcall -f -a '(__rollcall_offered)'
`,
};

/** Bash and zsh read the same case statements. */
const walk = (places: readonly Place[], word: string): string =>
  [
    `    case "$at ${word}" in`,
    ...steps(places).map(([at, step, path]) => `      '${at} ${step}') at='${path}' ;;`),
    '    esac',
  ].join('\n');

const offer = (places: readonly Place[], before: string): string =>
  [
    `  case "$at ${before}" in`,
    ...values(places).map(
      ([at, option, choices]) => `    '${at} ${option}') offered='${choices.join(' ')}' ;;`,
    ),
    '    *) case "$at" in',
    ...places.map(({ path, words }) => `      '${path}') offered='${words.join(' ')}' ;;`),
    '    esac ;;',
    '  esac',
  ].join('\n');

const steps = (places: readonly Place[]): (readonly [at: string, word: string, path: string])[] =>
  places.flatMap(({ path: at, steps }) => steps.map(([word, path]) => [at, word, path] as const));

const values = (
  places: readonly Place[],
): (readonly [at: string, option: string, choices: readonly string[]])[] =>
  places.flatMap(({ path: at, values }) => values.map(([option, choices]) => [at, option, choices] as const));
