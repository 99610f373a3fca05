// SPDX-License-Identifier: Apache-2.0

// demarche completion: scripts for shells, made from the tables of commands and options.

#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "nearest.h"
#include "text.h"

static bool belongs(const option_info *option, const command_row *command)
{
  return option->commands & (unsigned)command->id;
}

static bool takes(const option_info *option, const char *value)
{
  return option->value && strcmp(option->value, value) == 0;
}

/// What a value may be: of `--format` what the command has.
static const char *words_of(const option_info *option, const command_row *command)
{
  return strcmp(option->name, "format") == 0 ? command->formats : option->words;
}

/// What the arguments of a command may be; of `help`, each command.
static void add_arguments(text *t, const command_row *command)
{
  if (command->id != COMMAND_HELP) {
    text_add(t, command->words);
  }
  for (size_t i = 0; command->id == COMMAND_HELP && i < command_count; ++i) {
    text_add(t, i ? " " : "");
    text_add(t, commands[i].name);
  }
}

static void add_names(text *t, const char *between)
{
  for (size_t i = 0; i < command_count; ++i) {
    text_add(t, i ? between : "");
    text_add(t, commands[i].name);
  }
}

static void add_letter(text *t, const char *before, char letter)
{
  const char bytes[] = {letter, '\0'};
  text_add(t, before);
  text_add(t, bytes);
}

/// Text inside of single quotes of a shell. @param escaped  Bytes that get a backslash.
static void add_quoted(text *t, const char *words, const char *escaped)
{
  for (const char *c = words; *c; ++c) {
    const char byte[] = {*c, '\0'};
    text_add(t, *c == '\'' ? "'\\'" : strchr(escaped, *c) ? "\\" : "");
    text_add(t, byte);
  }
}

// bash ------------------------------------------------------------------------------------

/// "COMMAND:--name|COMMAND:-x) "
static void add_case(text *t, const char *command, const option_info *option)
{
  text_add(t, "    ");
  text_add(t, command);
  text_add(t, ":--");
  text_add(t, option->name);
  if (option->letter) {
    text_add(t, "|");
    text_add(t, command);
    add_letter(t, ":-", option->letter);
  }
  text_add(t, ") ");
}

/// What stands behind an option that takes a value.
static void add_bash_value(text *t, const option_info *option)
{
  if (strcmp(option->name, "format") == 0) {
    for (size_t i = 0; i < command_count; ++i) {
      if (commands[i].formats[0]) {
        add_case(t, commands[i].name, option);
        text_add(t, "words='");
        text_add(t, commands[i].formats);
        text_add(t, "' ;;\n");
      }
    }
    return;
  }
  add_case(t, "*", option);
  if (option->words[0]) {
    text_add(t, "words='");
    text_add(t, option->words);
    text_add(t, "' ;;\n");
  } else if (takes(option, "DIR")) {
    text_add(t, "compopt -o dirnames; return ;;\n");
  } else {
    text_add(t, takes(option, "FILE") ? "return ;;\n" : "compopt +o default; return ;;\n");
  }
}

static void add_bash_options(text *t, const command_row *command)
{
  text_add(t, "      ");
  text_add(t, command->name);
  text_add(t, ":-*) words='");
  for (size_t i = 0; i < options_count(); ++i) {
    const option_info option = options_at(i);
    if (belongs(&option, command)) {
      text_add(t, "--");
      text_add(t, option.name);
      text_add(t, " ");
    }
  }
  text_add(t, "' ;;\n      ");
  text_add(t, command->name);
  text_add(t, ":*) words='");
  add_arguments(t, command);
  text_add(t, "' ;;\n");
}

static void add_bash(text *t)
{
  text_add(t, "# bash completion of demarche, made by 'demarche completion bash'\n\n"
              "_demarche()\n{\n"
              "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
              "  local command= words= i\n"
              "  if [[ $word == '=' ]]; then # --option=\n"
              "    word=\n"
              "  elif [[ $before == '=' ]]; then # --option=VALUE is three words\n"
              "    before=${COMP_WORDS[COMP_CWORD-2]}\n"
              "  fi\n"
              "  for ((i = 1; i < COMP_CWORD; ++i)); do\n"
              "    case ${COMP_WORDS[i]} in\n    ");
  add_names(t, "|");
  text_add(t, ") command=${COMP_WORDS[i]}; break ;;\n    esac\n  done\n"
              "  case $command:$before in\n");
  for (size_t i = 0; i < options_count(); ++i) {
    const option_info option = options_at(i);
    if (option.value) {
      add_bash_value(t, &option);
    }
  }
  text_add(t, "    *)\n      case $command:$word in\n      :-*) words='--help --version' ;;\n"
              "      :*) words='");
  add_names(t, " ");
  text_add(t, "' ;;\n");
  for (size_t i = 0; i < command_count; ++i) {
    add_bash_options(t, &commands[i]);
  }
  text_add(t, "      esac ;;\n  esac\n"
              "  COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n}\n\n"
              "complete -o default -F _demarche demarche\n");
}

// zsh -------------------------------------------------------------------------------------

/// What completes a value: a function of zsh, or words.
static void add_zsh_action(text *t, const char *words, bool is_file, bool is_folder)
{
  if (words[0]) {
    text_add(t, "(");
    text_add(t, words);
    text_add(t, ")");
  } else {
    text_add(t, is_file ? "_files" : is_folder ? "_directories" : "");
  }
}

/// '(-p --pack)'{-p,--pack}'[help]:DIR:_directories' \,
static void add_zsh_option(text *t, const option_info *option, const command_row *command)
{
  text_add(t, "      ");
  if (option->letter && !option->is_list) {
    add_letter(t, "'(-", option->letter);
    text_add(t, " --");
    text_add(t, option->name);
    text_add(t, ")'");
  }
  text_add(t, option->is_list ? "'*'" : "");
  if (option->letter) {
    add_letter(t, "{-", option->letter);
    text_add(t, ",");
  }
  text_add(t, "--");
  text_add(t, option->name);
  text_add(t, option->letter ? "}'[" : "'[");
  add_quoted(t, option->help, "[]\\");
  text_add(t, "]");
  if (option->value) {
    text_add(t, ":");
    text_add(t, option->value);
    text_add(t, ":");
    add_zsh_action(t, words_of(option, command), takes(option, "FILE"), takes(option, "DIR"));
  }
  text_add(t, "' \\\n");
}

static void add_zsh_command(text *t, const command_row *command)
{
  text_add(t, "    ");
  text_add(t, command->name);
  text_add(t, ")\n      _arguments \\\n");
  for (size_t i = 0; i < options_count(); ++i) {
    const option_info option = options_at(i);
    if (belongs(&option, command)) {
      add_zsh_option(t, &option, command);
    }
  }
  text words = {0};
  add_arguments(&words, command);
  (void)text_write(&words, "", 1);
  text_add(t, "      '*:");
  add_quoted(t, command->usage[0] ? command->usage : "nothing", ":\\[]");
  text_add(t, ":");
  add_zsh_action(t, words.has_failed ? "" : words.bytes, true, false);
  text_add(t, "' ;;\n");
  t->has_failed = t->has_failed || words.has_failed;
  text_clear(&words);
}

static void add_zsh(text *t)
{
  text_add(t,
           "#compdef demarche\n# zsh completion of demarche, made by 'demarche completion zsh'\n\n"
           "_demarche() {\n"
           "  local context state line\n"
           "  local -a commands\n"
           "  commands=(\n");
  for (size_t i = 0; i < command_count; ++i) {
    text_add(t, "    '");
    text_add(t, commands[i].name);
    text_add(t, ":");
    add_quoted(t, commands[i].about, ":\\");
    text_add(t, "'\n");
  }
  text_add(t, "  )\n"
              "  _arguments -C '1: :->command' '*:: :->arguments'\n"
              "  case $state in\n"
              "  command) _describe command commands ;;\n"
              "  arguments)\n"
              "    case $words[1] in\n");
  for (size_t i = 0; i < command_count; ++i) {
    add_zsh_command(t, &commands[i]);
  }
  text_add(t, "    esac ;;\n  esac\n}\n\n"
              "if [[ $funcstack[1] == _demarche ]]; then\n  _demarche \"$@\"\n"
              "else # Sourced, not found in fpath.\n  compdef _demarche demarche\nfi\n");
}

// fish ------------------------------------------------------------------------------------

static void add_fish_words(text *t, const char *words)
{
  text_add(t, " -x -a '");
  text_add(t, words);
  text_add(t, "'");
}

static void add_fish_option(text *t, const option_info *option, const command_row *command)
{
  text_add(t, "complete -c demarche -n '__fish_seen_subcommand_from ");
  text_add(t, command->name);
  text_add(t, "' -l ");
  text_add(t, option->name);
  if (option->letter) {
    add_letter(t, " -s ", option->letter);
  }
  const char *const words = words_of(option, command);
  if (words[0]) {
    add_fish_words(t, words);
  } else if (takes(option, "DIR")) {
    add_fish_words(t, "(__fish_complete_directories)");
  } else if (option->value) {
    text_add(t, takes(option, "FILE") ? " -r -F" : " -x");
  }
  text_add(t, " -d '");
  add_quoted(t, option->help, "\\");
  text_add(t, "'\n");
}

static void add_fish(text *t)
{
  text_add(t, "# fish completion of demarche, made by 'demarche completion fish'\n\n");
  for (size_t i = 0; i < command_count; ++i) {
    const command_row *const command = &commands[i];
    text_add(t, "complete -c demarche -f -n __fish_use_subcommand -a ");
    text_add(t, command->name);
    text_add(t, " -d '");
    add_quoted(t, command->about, "\\");
    text_add(t, "'\n");
    if (command->words[0] || command->id == COMMAND_HELP) {
      text_add(t, "complete -c demarche -f -n '__fish_seen_subcommand_from ");
      text_add(t, command->name);
      text_add(t, "' -a '");
      add_arguments(t, command);
      text_add(t, "'\n");
    }
    for (size_t j = 0; j < options_count(); ++j) {
      const option_info option = options_at(j);
      if (belongs(&option, command)) {
        add_fish_option(t, &option, command);
      }
    }
  }
}

// The command -----------------------------------------------------------------------------

static const struct {
  const char *name;
  void (*add)(text *t);
} shells[] = {{"bash", add_bash}, {"zsh", add_zsh}, {"fish", add_fish}};

enum { SHELL_COUNT = sizeof shells / sizeof shells[0] };

static int reject(const char *name)
{
  const char *names[SHELL_COUNT];
  for (size_t i = 0; i < SHELL_COUNT; ++i) {
    names[i] = shells[i].name;
  }
  const char *const near = name ? nearest_word(name, names, SHELL_COUNT) : NULL;
  (void)fputs("demarche: completion takes one of bash, zsh, fish", stderr);
  if (near) {
    (void)fprintf(stderr, "; did you mean '%s'?", near);
  }
  (void)fputs("\n", stderr);
  return EXIT_USAGE;
}

int cmd_completion(const options *opts)
{
  const char *const name = opts->arguments.count == 2 ? opts->arguments.items[1] : NULL;
  for (size_t i = 0; name && i < SHELL_COUNT; ++i) {
    if (strcmp(shells[i].name, name) == 0) {
      text result = {0};
      shells[i].add(&result);
      const int status = text_deliver(&result, opts);
      text_clear(&result);
      return status;
    }
  }
  return reject(name);
}
