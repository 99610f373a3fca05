// SPDX-License-Identifier: Apache-2.0

// A program in the languages of several engines.

#ifndef DEM_TESTS_PEER_WRITERS_H
#define DEM_TESTS_PEER_WRITERS_H

#include <stdio.h>

#include "peers/peer_program.h"

/// kb/schema.yaml
void peer_write_schema(const peer_program *program, FILE *file);
/// kb/profile.yaml: the questions that give the facts that are asked.
void peer_write_questions(const peer_program *program, FILE *file);
/// A profile that answers them.
void peer_write_profile(const peer_program *program, FILE *file);
/// kb/facts.yaml: those that are not asked.
void peer_write_facts(const peer_program *program, FILE *file);
/// rules/rules.yaml
void peer_write_rules(const peer_program *program, FILE *file);

/// For clingo; its one answer holds every fact.
void peer_write_clingo(const peer_program *program, FILE *file);

/// For SWI-Prolog, with tabling; `main` prints a line a fact, as `demarche facts` does.
void peer_write_prolog(const peer_program *program, FILE *file);

#endif
