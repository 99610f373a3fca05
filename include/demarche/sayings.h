// SPDX-License-Identifier: Apache-2.0

// The engine's own words: everything that reports say of themselves.
//
// A saying is a text of the pack's like any other, but written here: kb/lang/CODE.yaml translates
// it by its path, which is its name in small letters with hyphens: IN_SHORT is "words/in-short".
// Names in braces are filled in; each must stand in a translation, too. A counted one has forms,
// "words/partners-follow/one" and "…/other", as Unicode CLDR has them for the language, and a form
// may leave {count} out. Blanks at the ends belong to a saying.
//
// What is wrong with files and arguments, and what tools read (JSON, CSV), stays English.

#ifndef DEMARCHE_SAYINGS_H
#define DEMARCHE_SAYINGS_H

// clang-format off
#define DEM_SAYINGS                                                                                \
  /* Between words */                                                                              \
  DEM_SAYING(COLON, ": ")                                                                          \
  DEM_SAYING(COMMA, ", ")                                                                          \
  DEM_SAYING(SEMICOLON, "; ")                                                                      \
  DEM_SAYING(AND, " and ")                                                                         \
  DEM_SAYING(OR, " or ")                                                                           \
  DEM_SAYING(YES, "yes")                                                                           \
  DEM_SAYING(NO, "no")                                                                             \
  DEM_SAYING(NONE, "none")                                                                         \
  DEM_SAYING(ANY, "any")                                                                           \
  /* An advice: its title and what is said in short */                                             \
  DEM_SAYING(ADVICE, "Advice")                                                                     \
  DEM_SAYING(ADVICE_FOR, "Advice for {subject}")                                                   \
  DEM_SAYING(ADVICE_FOR_PROFILES, "Advice for {number} profiles")                                  \
  DEM_SAYING(TITLE_AS_OF, "{title}, as of {date}")                                                 \
  DEM_SAYING(AS_OF, "As of {date}")                                                                \
  DEM_SAYING(IN_SHORT, "In short")                                                                 \
  DEM_SAYING(IN_SHORT_WORK_WITH, "In short: work with")                                            \
  DEM_SAYING(IN_SHORT_NOTHING, "In short: nothing is certain yet")                                 \
  DEM_SAYING(NO_PARTNER, "No partner follows from these answers.")                                 \
  DEM_SAYING(NO_PARTNER_CERTAIN, "No partner is certain yet")                                      \
  DEM_COUNTED(PARTNERS_FOLLOW, "{count} partner follows from the answers",                         \
              "{count} partners follow from the answers")                                          \
  DEM_COUNTED(MORE_BELOW, "and {count} more, below", "and {count} more, below")                    \
  DEM_COUNTED(POSSIBLE_ONCE, "{count} is possible, once open questions are answered.",             \
              "{count} are possible, once open questions are answered.")                           \
  DEM_COUNTED(THEN_POSSIBLE, "{count} is possible, once the open questions are answered",          \
              "{count} are possible, once the open questions are answered")                        \
  DEM_SAYING(WEIGHTIEST_FIRST, "The weightiest stand first.")                                      \
  DEM_SAYING(COLUMN_RANK, "Rank")                                                                  \
  DEM_SAYING(COLUMN_PARTNER, "Partner")                                                            \
  DEM_SAYING(COLUMN_FOR, "For")                                                                    \
  DEM_SAYING(COLUMN_WEIGHT, "Weight")                                                              \
  DEM_SAYING(COLUMN_PARTNER_FOR, "Partner, and what for")                                          \
  DEM_SAYING(COLUMN_WEIGHT_PARTS, "Weight, by reason")                                             \
  /* Partners */                                                                                   \
  DEM_SAYING(PARTNERS, "Partners")                                                                 \
  DEM_SAYING(OUTSIDE_UN, "Outside the United Nations")                                             \
  DEM_SAYING(WITHIN_UN, "Within the United Nations")                                               \
  DEM_SAYING(WEIGHT, "weight {weight}")                                                            \
  DEM_SAYING(REASONS, "Reasons")                                                                   \
  DEM_SAYING(STEPS, "Steps")                                                                       \
  DEM_SAYING(MIND, "Mind")                                                                         \
  DEM_SAYING(SEE_ALSO, "See also")                                                                 \
  DEM_SAYING(STEPS_WITH_ANY, "Steps with any partner")                                             \
  DEM_COUNTED(MORE_TO_SEE, "and {count} more to see", "and {count} more to see")                   \
  DEM_SAYING(THROUGH, "Through: {route}")                                                          \
  DEM_SAYING(LIST_THROUGH, "{list}, through: {route}")                                             \
  DEM_SAYING(LIST_AS_WITH, "{list}: as with {rank}, {partner}")                                    \
  DEM_SAYING(AS_WITH, "As with {partner}.")                                                        \
  DEM_SAYING(WHY_ITEM, "Why: {reason}")                                                            \
  DEM_SAYING(CHECK_AGAIN, "Rests on facts last checked on {date}: check them again before relying on this.") \
  /* What hangs on open questions */                                                               \
  DEM_SAYING(POSSIBLY, "Possibly:")                                                                \
  DEM_SAYING(POSSIBLY_IF, "Possibly, {condition}:")                                                \
  DEM_SAYING(IF, "if {conditions}")                                                                \
  DEM_SAYING(ANSWER_IS, "{field} is “{answer}”")                                                   \
  DEM_SAYING(ANSWER_IS_NOT, "{field} is not “{answer}”")                                           \
  DEM_SAYING(ANSWER_FITS, "the answer to {field} fits")                                            \
  DEM_SAYING(ANSWER_ALLOWS, "the answer to {field} does not stand against it")                     \
  DEM_SAYING(POSSIBLE_PARTNERS, "Possible partners")                                               \
  DEM_SAYING(POSSIBLE_PARTNERS_BY, "Possible partners, by the answers that they hang on")          \
  DEM_SAYING(POSSIBLE_PARTNERS_LEAD, "They follow for some answers to the open questions, and are listed by the answer that they hang on first.") \
  DEM_SAYING(WITH_FURTHER_ANSWERS, "with further answers")                                         \
  DEM_SAYING(ANSWERS_COULD_ADD, "Answers could add {what}.")                                       \
  DEM_SAYING(ANSWERS_TO_COULD_ADD, "Answers to {questions} could add {what}.")                     \
  DEM_COUNTED(COUNT_REASONS, "{count} reason", "{count} reasons")                                  \
  DEM_COUNTED(COUNT_STEPS, "{count} step", "{count} steps")                                        \
  DEM_COUNTED(COUNT_NOTES, "{count} note", "{count} notes")                                        \
  DEM_COUNTED(COUNT_CAVEATS, "{count} caveat", "{count} caveats")                                  \
  DEM_COUNTED(COUNT_REFERENCES, "{count} reference", "{count} references")                         \
  /* What was considered */                                                                        \
  DEM_SAYING(CONSIDERED, "Considered, and not recommended")                                        \
  DEM_SAYING(CONSIDERED_LEAD, "What follows from the profile names these, too. Under each stands the nearest reason for which it could have been recommended, and beside it what decides that it is not.") \
  DEM_SAYING(DOES_NOT_APPLY, "“{title}” does not apply.")                                          \
  DEM_SAYING(BY_EXCEPTION, "Something speaks against them")                                        \
  DEM_SAYING(BY_DATE, "Not in force on the day")                                                   \
  DEM_SAYING(BY_COMPARISON, "A comparison decides")                                                \
  DEM_SAYING(BY_RECORD, "The records do not fit")                                                  \
  DEM_SAYING(BY_ANSWER, "The profile answers otherwise")                                           \
  DEM_SAYING(COLUMN_ORGANIZATION, "Organization")                                                  \
  DEM_SAYING(COLUMN_DECIDES, "What decides")                                                       \
  DEM_SAYING(WHY_ENDED, "{fact} ended on {date}")                                                  \
  DEM_SAYING(WHY_BEGINS, "{fact} begins on {date}")                                                \
  DEM_SAYING(WHY_OTHER, "on record is only another {field}: {fact}")                               \
  DEM_SAYING(WHY_ANSWERED, "the profile answers: {answer}")                                        \
  DEM_SAYING(WHY_ON_RECORD, "on record is: {fact}")                                                \
  DEM_SAYING(WHY_FILLED_IN, "filled in from the records is: {fact}")                               \
  DEM_SAYING(WHY_ANSWER_IS_NOT, "the answer to “{question}” is not “{answer}”")                    \
  DEM_SAYING(WHY_ANSWER_DOES_NOT_FIT, "the answer to “{question}” does not fit")                   \
  DEM_SAYING(WHY_DOES_NOT_HOLD, "{condition} does not hold")                                       \
  DEM_SAYING(WHY_THERE_IS_NO, "there is no {fact}")                                                \
  /* Answers, questions, sources */                                                                \
  DEM_SAYING(RESTS_ON_ANSWERS, "It rests on these answers")                                        \
  DEM_SAYING(ANSWERS, "Answers")                                                                   \
  DEM_SAYING(ANSWERS_IT_RESTS_ON, "Answers that it rests on")                                      \
  DEM_SAYING(FROM_KNOWLEDGE_BASE, "(from the knowledge base)")                                     \
  DEM_SAYING(FROM_RECORDS, "(from the records)")                                                   \
  DEM_SAYING(OPEN_QUESTIONS, "Open questions")                                                     \
  DEM_SAYING(OPEN_QUESTIONS_ADVICE, "Open questions that advice hangs on")                         \
  DEM_SAYING(OPEN_QUESTIONS_LEAD, "Answers to these could change the advice.")                     \
  DEM_SAYING(SOURCES, "Sources")                                                                   \
  DEM_SAYING(SOURCE_AS, "As {number}, {section}")                                                  \
  DEM_SAYING(AS_A_WHOLE, "as a whole")                                                             \
  DEM_SAYING(DOCUMENT_AS_A_WHOLE, "The document as a whole")                                       \
  DEM_SAYING(CHECKED, "(checked {date})")                                                          \
  DEM_SAYING(SHORT_FORM, "This is the short form: --verbose gives every reason, step and source.") \
  DEM_SAYING(PACK_LINE, "Pack {name} {version}, for {date}, SHA-256 {hash}")                       \
  /* A page */                                                                                     \
  DEM_SAYING(CONTENTS, "Contents")                                                                 \
  DEM_SAYING(PROFILES, "Profiles")                                                                 \
  DEM_SAYING(SKIP_TO_ADVICE, "Skip to the advice")                                                 \
  DEM_SAYING(HOW_MADE, "How it was made")                                                          \
  DEM_SAYING(HOW_MADE_LEAD, "By rules, from facts that are on record and the answers above. The same pack, day and answers give the same advice.") \
  DEM_SAYING(MADE_PACK, "Pack")                                                                    \
  DEM_SAYING(MADE_HASH, "Its SHA-256")                                                             \
  DEM_SAYING(MADE_DAY, "For the day")                                                              \
  DEM_SAYING(MADE_PROFILE, "Profile")                                                              \
  DEM_SAYING(HOW_THIS_FOLLOWS, "How this follows")                                                 \
  DEM_SAYING(BY_RULE, "By the rule {rule}.")                                                       \
  DEM_SAYING(RESTS_ON, "It rests on:")                                                             \
  /* A proof */                                                                                    \
  DEM_SAYING(PROFILE_ANSWERS, "The profile answers: {fact}")                                       \
  DEM_SAYING(IF_PROFILE_ANSWERED, "If the profile answered: {fact}")                               \
  DEM_SAYING(ON_RECORD, "On record: {fact}")                                                       \
  DEM_SAYING(FILLED_IN, "Filled in from the records: {fact}")                                      \
  DEM_SAYING(AND_ALSO, "And {condition}")                                                          \
  DEM_SAYING(STEP_POSSIBLY, "Possibly: ")                                                          \
  DEM_SAYING(STEP_RULE, "rule {rule}")                                                             \
  DEM_SAYING(STEP_BY_RULE, "by the rule {rule}")                                                   \
  DEM_SAYING(RECORD_FROM, "from {date}")                                                           \
  DEM_SAYING(RECORD_UNTIL, "until {date}")                                                         \
  DEM_SAYING(RECORD_CHECKED, "checked {date}")                                                     \
  DEM_SAYING(IN_FORCE_FROM, "in force from {date}")                                                \
  DEM_SAYING(IN_FORCE_UNTIL, "in force until {date}")                                              \
  DEM_SAYING(IN_FORCE_BETWEEN, "in force from {from} until {until}")                               \
  DEM_SAYING(LAST_CHECKED, "last checked on {date}")                                               \
  DEM_SAYING(STEP_NUMBER, "(step {number})")                                                       \
  DEM_SAYING(STEP_SHOWN_ABOVE, "(shown above as step {number})")                                   \
  DEM_SAYING(AS_ABOVE, "as above")                                                                 \
  DEM_COUNTED(MORE_OF_THEM, "and {count} more of them", "and {count} more of them")                \
  DEM_COUNTED(MORE_OF_THEM_JSON, "and {count} more of them, which --format json lists",            \
              "and {count} more of them, which --format json lists")                               \
  DEM_SAYING(WHAT_IT_RESTS_ON, "What it rests on")                                                 \
  DEM_SAYING(AND_WHAT_THAT_RESTS_ON, "… and what that rests on")                                   \
  DEM_SAYING(RESTS_FOLDED, "(what it rests on is folded)")                                         \
  DEM_SAYING(SOME_FOLDED, "Some of it is folded: a larger --depth shows more, --depth 0 everything.") \
  /* Explanations */                                                                               \
  DEM_SAYING(FOR_PROFILE, "For {subject}. {title}, as of {date}")                                  \
  DEM_SAYING(FOR_PROFILE_UNTITLED, "For {subject}. As of {date}")                                  \
  DEM_SAYING(ALL_OF_IT, "all of it")                                                               \
  DEM_SAYING(WHY, "Why {what}")                                                                    \
  DEM_SAYING(WHY_STEP, "Step: {text}")                                                             \
  DEM_SAYING(WHY_MIND, "Mind: {text}")                                                             \
  DEM_SAYING(WHY_SEE_ALSO, "See also: {text}")                                                     \
  DEM_SAYING(OF_WEIGHT, "(weight {weight})")                                                       \
  DEM_SAYING(OF_WEIGHT_POSSIBLE, "(weight {weight}, possible)")                                    \
  DEM_SAYING(OF_POSSIBLE, "(possible)")                                                            \
  DEM_SAYING(PROOF_OF, "Proof {number} of {all}")                                                  \
  DEM_SAYING(DOES_NOT_FOLLOW, "It does not follow from these answers: --why-not says what stands in the way.") \
  DEM_SAYING(MORE_PROOFS, "There may be further proofs: the search was given up after a bound.")   \
  DEM_SAYING(WHY_NOT, "Why not {what}")                                                            \
  DEM_SAYING(DOES_HOLD, "It does hold: --why says why.")                                           \
  DEM_SAYING(NO_RULE, "No rule of the pack could conclude it.")                                    \
  DEM_SAYING(FURTHER_AWAY, "Further away, for want of")                                            \
  DEM_SAYING(MORE_RULES, "There are more rules on the way than are told here.")                    \
  DEM_SAYING(NEAREST_IN_FULL, "The nearest rules are told in full; --all tells every one.")        \
  DEM_SAYING(COULD_FOLLOW_BY, "It could follow by: {rule}")                                        \
  DEM_SAYING(OR_BY, "or by: {rule}")                                                               \
  DEM_COUNTED(CONDITIONS_HOLD, "({held} of {count} condition holds)",                              \
              "({held} of {count} conditions hold)")                                               \
  DEM_SAYING(TOLD_ABOVE, " – told above")                                                          \
  DEM_SAYING(FOLDED, " – folded")                                                                  \
  DEM_SAYING(RULE_ENDED, "The rule itself ended on {date}")                                        \
  DEM_SAYING(RULE_BEGINS, "The rule itself begins on {date}")                                      \
  DEM_SAYING(TOO_MANY_FACTS, "There are too many facts to try every way: there may be a nearer one.") \
  DEM_SAYING(HOLDS, "Holds: ")                                                                     \
  DEM_SAYING(FAILS, "Fails: ")                                                                     \
  DEM_SAYING(OPEN_UNTIL_THEN, "Open until then: {condition}")                                      \
  DEM_SAYING(RULED_OUT_BY, "Ruled out by:")                                                        \
  DEM_SAYING(NOTHING_ON_RECORD, "Nothing of the kind is on record.")                               \
  DEM_SAYING(PROFILE_WOULD_ANSWER, "The profile would have to answer: {question}")                 \
  DEM_SAYING(RECORD_ENDED, "{fact} ended on {date}")                                               \
  DEM_SAYING(RECORD_NOT_YET, "{fact} does not begin before {date}")                                \
  DEM_SAYING(RECORD_OTHER, "On record is only another {field}: {fact}")                            \
  DEM_SAYING(HOW_TO, "How to get to {what}")                                                       \
  DEM_SAYING(CERTAIN_ALREADY, "It is certain already: --why says why.")                            \
  DEM_SAYING(ANY_CHANGE, "Any one of these changes would make it certain")                         \
  DEM_SAYING(ANY_SET_OF_CHANGES, "Any one of these sets of changes would make it certain")         \
  DEM_SAYING(TOGETHER, "Together:")                                                                \
  DEM_SAYING(ANSWER_WITH, "{question} Answer: {answer}")                                           \
  DEM_SAYING(ANSWER_INSTEAD, "{question} Answer instead: {answer}")                                \
  DEM_SAYING(ANSWER_ALSO, "{question} Answer also: {answer}")                                      \
  DEM_SAYING(ANSWER_NO_LONGER, "{question} Answer no longer: {answer}")                            \
  DEM_SAYING(TAKE_BACK, "{question} Take the answer back: the records fill it in.")                \
  DEM_COUNTED(MORE_WAYS, "And {count} more, which --format json lists.",                           \
              "And {count} more, which --format json lists.")                                      \
  DEM_SAYING(NO_ANSWER_HAS_A_SAY, "No answer has a say in it.")                                    \
  DEM_SAYING(NO_ANSWER_WOULD_DO, "No answer would do: even with every question open that can be answered otherwise it is not possible.") \
  DEM_COUNTED(NO_CHANGE_WOULD_DO, "No set of up to {count} change would do.",                      \
              "No set of up to {count} changes would do.")                                         \
  DEM_COUNTED(TRIED, "Tried: {count} profile, out of {choices} changes that could matter.",        \
              "Tried: {count} profiles, out of {choices} changes that could matter.")              \
  DEM_COUNTED(TRIED_IN_PART, "All sets of up to {count} were tried, larger ones only in part.",    \
              "All sets of up to {count} were tried, larger ones only in part.")                   \
  DEM_SAYING(TRIED_NO_TEXTS, "Of numbers and days only those that the pack names were tried, of free texts none.") \
  /* Differences */                                                                                \
  DEM_SAYING(CHANGES, "What changes")                                                              \
  DEM_SAYING(WOULD_CHANGE, "What would change")                                                    \
  DEM_SAYING(CHANGES_FOR, "{title} for {subject}")                                                 \
  DEM_SAYING(CHANGES_FROM_TO, "{title} from {subject} to {other}")                                 \
  DEM_SAYING(PACK_FOR_DAY, "{pack} for {date}")                                                    \
  DEM_SAYING(ANSWERED_OTHERWISE, "Answered otherwise")                                             \
  DEM_SAYING(NOT_ASKED, "not asked")                                                               \
  DEM_SAYING(NOT_ANSWERED, "not answered")                                                         \
  DEM_SAYING(GAINED, "Gained")                                                                     \
  DEM_SAYING(LOST, "Lost")                                                                         \
  DEM_SAYING(CHANGED, "Changed")                                                                   \
  DEM_SAYING(IN_PLACE, "place {rank}")                                                             \
  DEM_SAYING(WAS_IN_PLACE, "was in place {rank}")                                                  \
  DEM_SAYING(ONLY_POSSIBLE, "possible")                                                            \
  DEM_SAYING(CERTAIN_NOW, "certain now")                                                           \
  DEM_SAYING(ONLY_POSSIBLE_NOW, "only possible now")                                               \
  DEM_SAYING(NOW, "Now: ")                                                                         \
  DEM_SAYING(NO_LONGER, "No longer: ")                                                             \
  DEM_SAYING(POSSIBLY_REASON, "possibly, {reason}")                                                \
  DEM_SAYING(NEW_STEP, "New step: ")                                                               \
  DEM_SAYING(NEW_CAVEAT, "New caveat: ")                                                           \
  DEM_SAYING(NEW_REFERENCE, "New reference: ")                                                     \
  DEM_SAYING(NO_LONGER_STEP, "No longer a step: ")                                                 \
  DEM_SAYING(NO_LONGER_CAVEAT, "No longer a caveat: ")                                             \
  DEM_SAYING(NO_LONGER_REFERENCE, "No longer a reference: ")                                       \
  DEM_SAYING(CHANGED_STEP, "Changed step: ")                                                       \
  DEM_SAYING(CHANGED_CAVEAT, "Changed caveat: ")                                                   \
  DEM_SAYING(CHANGED_REFERENCE, "Changed reference: ")                                             \
  DEM_SAYING(WITH_ITEMS, "with {items}")                                                           \
  DEM_SAYING(WITH_ANY_PARTNER, "With any partner")                                                 \
  DEM_SAYING(STAYS_THE_SAME, "The advice stays the same.")                                         \
  DEM_COUNTED(PARTNERS_STAY, "{count} partner stays as it is.",                                    \
              "{count} partners stay as they are.")                                                \
  /* Facts and conditions in words */                                                              \
  DEM_SAYING(ANSWER_IN_PROFILE, "answer to “{question}” in the profile")                           \
  DEM_SAYING(THERE_IS_NO, "there is no ")                                                          \
  DEM_SAYING(THERE_IS_NO_CASE, "there is no case of: ")                                            \
  DEM_SAYING(OR_ELSE, "; or ")                                                                     \
  DEM_SAYING(BEFORE, "before ")                                                                    \
  DEM_SAYING(ON_OR_BEFORE, "on or before ")                                                        \
  DEM_SAYING(AFTER, "after ")                                                                      \
  DEM_SAYING(ON_OR_AFTER, "on or after ")                                                          \
  DEM_SAYING(LESS_THAN, "less than ")                                                              \
  DEM_SAYING(AT_MOST, "at most ")                                                                  \
  DEM_SAYING(MORE_THAN, "more than ")                                                              \
  DEM_SAYING(AT_LEAST, "at least ")                                                                \
  DEM_SAYING(MATCHING, "matching “{pattern}”")                                                     \
  DEM_SAYING(OTHER_THAN, "other than ")                                                            \
  DEM_SAYING(IS_TO_BE, ", which is to be ")                                                        \
  DEM_SAYING(CALLED, ", as ")                                                                      \
  DEM_SAYING(IS, " is ")                                                                           \
  DEM_SAYING(IS_NOT, " is not ")                                                                   \
  DEM_SAYING(IS_LESS_THAN, " is less than ")                                                       \
  DEM_SAYING(IS_AT_MOST, " is at most ")                                                           \
  DEM_SAYING(IS_MORE_THAN, " is more than ")                                                       \
  DEM_SAYING(IS_AT_LEAST, " is at least ")                                                         \
  DEM_SAYING(IS_BEFORE, " is before ")                                                             \
  DEM_SAYING(IS_ON_OR_BEFORE, " is on or before ")                                                 \
  DEM_SAYING(IS_AFTER, " is after ")                                                               \
  DEM_SAYING(IS_ON_OR_AFTER, " is on or after ")                                                   \
  DEM_SAYING(NOT, "not ")                                                                          \
  DEM_SAYING(LESSER_OF, "the lesser of ")                                                          \
  DEM_SAYING(GREATER_OF, "the greater of ")                                                        \
  DEM_SAYING(ABSOLUTE_VALUE_OF, "the absolute value of ")                                          \
  DEM_SAYING(LENGTH_OF, "the length of ")                                                          \
  DEM_SAYING(LOWER_CASE_OF, "the lower case of ")                                                  \
  DEM_SAYING(THAT_IS, ", that is ")                                                                \
  DEM_SAYING(NUMBER_OF_CASES_OF, "the number of cases of ")                                        \
  DEM_SAYING(SUM_OF, "the sum of ")                                                                \
  DEM_SAYING(LEAST, "the least ")                                                                  \
  DEM_SAYING(GREATEST, "the greatest ")                                                            \
  DEM_SAYING(OVER, " over ")                                                                       \
  /* Questions */                                                                                  \
  DEM_SAYING(ANSWER_REQUIRED, "There is no advice yet: an answer is required.")                    \
  DEM_COUNTED(PARTNERS_CERTAIN, "{count} partner is certain, {possible} possible.",                \
              "{count} partners are certain, {possible} possible.")                                \
  DEM_SAYING(NO_QUESTION_MATTERS, "No open question matters.")                                     \
  DEM_COUNTED(QUESTIONS_MATTER, "{count} open question matters.", "{count} open questions matter.") \
  DEM_SAYING(NONE_LEFT_TO_ASK, "None is left to ask: all were answered 'unknown'.")                \
  DEM_SAYING(REQUIRED, "Required.")                                                                \
  DEM_SAYING(NOT_KNOWN_YET, "Not known yet.")                                                      \
  DEM_SAYING(SEVERAL_ANSWERS, "Several answers.")                                                  \
  DEM_SAYING(ANY_ANSWER, "Any {type}.")                                                            \
  DEM_COUNTED(ONE_OF_MANY, "One of {count}; --format json lists them.",                            \
              "One of {count}; --format json lists them.")                                         \
  DEM_SAYING(ALL_ADVICE_HANGS, "All advice hangs on it.")                                          \
  DEM_COUNTED(PIECES_HANG, "{count} piece of advice hangs on it:",                                 \
              "{count} pieces of advice hang on it:")                                              \
  DEM_COUNTED(MORE_PIECES, "and {count} more; --format json lists them.",                          \
              "and {count} more; --format json lists them.")                                       \
  DEM_SAYING(STAKE_PARTNER, "partner")                                                             \
  DEM_SAYING(STAKE_STEP, "step")                                                                   \
  DEM_SAYING(STAKE_CAVEAT, "caveat")                                                               \
  DEM_SAYING(STAKE_REFERENCE, "reference")                                                         \
  DEM_SAYING(TYPE_SYMBOL, "symbol")                                                                \
  DEM_SAYING(TYPE_TEXT, "text")                                                                    \
  DEM_SAYING(TYPE_INTEGER, "integer")                                                              \
  DEM_SAYING(TYPE_NUMBER, "number")                                                                \
  DEM_SAYING(TYPE_DATE, "date")                                                                    \
  /* The guided questionnaire: what can be typed stays English */                                  \
  DEM_SAYING(ASK_NONE, "None")                                                                     \
  DEM_SAYING(ASK_NONE_OF_THESE, "None of these")                                                   \
  DEM_SAYING(ASK_UNKNOWN, "I don't know yet")                                                      \
  DEM_SAYING(ASK_NOTHING_BEFORE, "There is nothing before this.")                                  \
  DEM_SAYING(ASK_IN_LIST, "That is in the list already.")                                          \
  DEM_SAYING(ASK_NO_INTEGER, "\"{typed}\" is not a whole number, such as 12.")                     \
  DEM_SAYING(ASK_NO_NUMBER, "\"{typed}\" is not a number, such as 12.5.")                          \
  DEM_SAYING(ASK_NO_DATE, "\"{typed}\" is not a day of the calendar, such as 2025-06-30.")         \
  DEM_SAYING(ASK_NO_SYMBOL, "\"{typed}\" is not one word, without blanks.")                        \
  DEM_SAYING(ASK_NO_ANSWER, "\"{typed}\" is not an answer to this.")                               \
  DEM_SAYING(ASK_TOO_LONG, "That is too long: {bytes} bytes at most.")                             \
  DEM_SAYING(ASK_NOT_UTF8, "That is not UTF-8.")                                                   \
  DEM_SAYING(ASK_NOT_SAVED, "The answers could not be saved in {path}: {error}.")                  \
  DEM_SAYING(ASK_MOVE_TO_CHOOSE, "Move to a line with the arrow keys; space chooses it.")          \
  DEM_SAYING(ASK_NOTHING_CALLED, "Nothing is called \"{typed}\".")                                 \
  DEM_SAYING(ASK_OFFER_KEYS, "Nothing is called \"{typed}\". Is it one of these? Move to it with the arrow keys.") \
  DEM_SAYING(ASK_WHOLE_LIST_KEYS, "Nothing is called \"{typed}\". Escape shows the whole list.")   \
  DEM_SAYING(ASK_MOVE_OR_TYPE, "Move to a line with the arrow keys, or type what it begins with.") \
  DEM_SAYING(ASK_NOTHING_CHOSEN, "Nothing is chosen yet: space chooses a line.")                   \
  DEM_SAYING(ASK_NOTHING_CHOSEN_LAST, "Nothing is chosen yet: space chooses a line; the last lines say \"none\" and \"don't know\".") \
  DEM_SAYING(ASK_TYPE, "Type an answer.")                                                          \
  DEM_SAYING(ASK_TYPE_OR_MOVE, "Type an answer, or move down to one of the lines below.")          \
  DEM_SAYING(ASK_WHOLE_LIST, "Nothing is called \"{typed}\". Type \"list\" to see what there is.") \
  DEM_SAYING(ASK_OFFER, "Nothing is called \"{typed}\". Is it one of these? Type its number.")     \
  DEM_SAYING(ASK_ANY_OF_THESE, "\"{typed}\" could be any of these. Type the number of one.")       \
  DEM_SAYING(ASK_PLEASE, "Please type an answer.")                                                 \
  DEM_SAYING(ASK_TYPE_NUMBER, "Type the number of an answer to change it, or nothing to go on.")   \
  DEM_SAYING(ASK_WHY, "Why this is asked")                                                         \
  DEM_SAYING(ASK_LAST_PAGE, "This is the last page: no question is left that could change the advice.") \
  DEM_SAYING(ASK_ALL_HANGS, "All advice hangs on the answer: without it nothing can be said.")     \
  DEM_SAYING(ASK_NOTHING_HANGS, "It is answered already, or no advice hangs on it as things stand.") \
  DEM_SAYING(ASK_OTHERS_DEPEND, "Other questions depend on the answer.")                           \
  DEM_COUNTED(ASK_PIECES_HANG, "{count} piece of advice hangs on the answer:",                     \
              "{count} pieces of advice hang on the answer:")                                      \
  DEM_SAYING(ASK_RULES_SOURCES, "Sources of the rules that wait for the answer")                   \
  DEM_SAYING(ASK_KEYS, "Keys")                                                                     \
  DEM_SAYING(ASK_KEYS_REVIEW, "up, down: move; enter: show the advice, or change the answer")      \
  DEM_SAYING(ASK_KEYS_ADD, "enter: add what is typed; once more: go on")                           \
  DEM_SAYING(ASK_KEYS_TYPED, "enter: go on with what is typed")                                    \
  DEM_SAYING(ASK_KEYS_CHOOSE, "up, down: move; space: choose; enter: go on with what is chosen")   \
  DEM_SAYING(ASK_KEYS_TAKE, "up, down: move; enter: take the line")                                \
  DEM_SAYING(ASK_KEYS_LETTERS, "letters: show only what has them; escape: show all again")         \
  DEM_SAYING(ASK_KEYS_BACK, "shift-tab: back to the question before; what is answered stays")      \
  DEM_SAYING(ASK_KEYS_HELP, "?: why this is asked; F1: this page")                                 \
  DEM_SAYING(ASK_KEYS_LEAVE, "ctrl-c: leave; answers are saved after each question")               \
  DEM_SAYING(ASK_TYPED, "What can be typed")                                                       \
  DEM_SAYING(ASK_TYPED_REVIEW, "nothing: show the advice; a number: change that answer")           \
  DEM_SAYING(ASK_TYPED_LINES, "one answer a line; nothing: go on")                                 \
  DEM_SAYING(ASK_TYPED_ANSWER, "the answer")                                                       \
  DEM_SAYING(ASK_TYPED_SEVERAL, "numbers or names, with commas or semicolons between them")        \
  DEM_SAYING(ASK_TYPED_ONE, "a number of the list, a name, or what it begins with")                \
  DEM_SAYING(ASK_TYPED_LIST, "list: the whole list; list WORDS: what has these words")             \
  DEM_SAYING(ASK_TYPED_NONE, "none: none of these; unknown: I don't know yet")                     \
  DEM_SAYING(ASK_TYPED_BACK, "back: the question before; what is answered stays")                  \
  DEM_SAYING(ASK_TYPED_HELP, "why or ?: why this is asked; help: this page")                       \
  DEM_SAYING(ASK_TYPED_QUIT, "quit: leave; answers are saved after each question")                 \
  DEM_SAYING(ASK_NEEDED, "An answer is needed.")                                                   \
  DEM_SAYING(ASK_CHANGE, "Change an answer.")                                                      \
  DEM_SAYING(ASK_QUESTION_MORE, "Question {number}, at most {more} more.")                         \
  DEM_SAYING(ASK_QUESTION_LAST, "Question {number}, the last one.")                                \
  DEM_SAYING(ASK_SO_FAR, "So far: {certain} certain, {possible} possible.")                        \
  DEM_SAYING(ASK_NOT_ANSWERED, "not answered yet")                                                 \
  DEM_SAYING(ASK_NOT_NEEDED, "not needed")                                                         \
  DEM_SAYING(ASK_NOT_KNOWN, "not known yet")                                                       \
  DEM_SAYING(ASK_FILLED_IN, "(filled in for you)")                                                 \
  DEM_SAYING(ASK_AN_INTEGER, "A whole number, such as 12.")                                        \
  DEM_SAYING(ASK_A_NUMBER, "A number, such as 12.5.")                                              \
  DEM_SAYING(ASK_A_DATE, "A day, such as 2025-06-30.")                                             \
  DEM_SAYING(ASK_A_SYMBOL, "One word, without blanks.")                                            \
  DEM_SAYING(ASK_TEXTS, "In your own words, one at a time.")                                       \
  DEM_SAYING(ASK_TEXT, "In your own words.")                                                       \
  DEM_SAYING(ASK_CHOSEN, "(chosen)")                                                               \
  DEM_SAYING(ASK_YOUR_ANSWER, "(your answer)")                                                     \
  DEM_SAYING(ASK_THERE_ARE, "There are {number} answers. Type a name, or what it begins with; or \"list\".") \
  DEM_SAYING(ASK_OR_NONE, "Or type \"none\" for none of these, \"unknown\" if you don't know yet.") \
  DEM_SAYING(ASK_OR_UNKNOWN, "Or type \"unknown\" if you don't know yet.")                         \
  DEM_SAYING(ASK_ANSWER_NOW, "Your answer now: {answer}. Enter alone keeps it.")                   \
  DEM_SAYING(ASK_EMPTY_LINE, "An empty line ends the list.")                                       \
  DEM_SAYING(ASK_TYPE_HELP, "Type \"help\" to see what else can be typed.")                        \
  DEM_SAYING(ASK_YOUR_ANSWERS, "Your answers: {certain} certain, {possible} possible partners.")   \
  DEM_SAYING(ASK_PROMPT_REVIEW, "A number to change, or enter to go on: ")                         \
  DEM_SAYING(ASK_PROMPT_TYPED, "Answer: ")                                                         \
  DEM_SAYING(ASK_PROMPT_SEVERAL, "Numbers or names: ")                                             \
  DEM_SAYING(ASK_PROMPT_ONE, "Number or name: ")                                                   \
  DEM_SAYING(ASK_TAKEN, "Taken: {answer}.")                                                        \
  DEM_SAYING(ASK_SEARCH, "Search: ")                                                               \
  DEM_SAYING(ASK_TYPE_TO_SEARCH, "Type to search {number} answers.")                               \
  DEM_SAYING(ASK_POSITION, "{first} to {last} of {all}")                                           \
  DEM_SAYING(ASK_COUNT_CHOSEN, "{number} chosen: ")                                                \
  DEM_SAYING(ASK_SHOW_ADVICE, "Show the advice")                                                   \
  DEM_SAYING(ASK_HINT_TEXT, "enter: go on   shift-tab: back   ?: why   F1: help")                  \
  DEM_SAYING(ASK_HINT_ADD, "enter: add, then go on   shift-tab: back   F1: help")                  \
  DEM_SAYING(ASK_HINT_TYPED, "enter: go on   shift-tab: back   F1: help")                          \
  DEM_SAYING(ASK_HINT_CHOOSE, "space: choose   enter: go on   shift-tab: back   ?: why   F1: help") \
  DEM_SAYING(ASK_HINT_TAKE, "enter: take   shift-tab: back   ?: why   F1: help")                   \
  DEM_SAYING(ASK_HINT_READ_ON, "up, down: read on   escape: back to the question")                 \
  DEM_SAYING(ASK_HINT_ESCAPE, "escape: back to the question")                                      \
  DEM_SAYING(ASK_HINT_REVIEW, "enter: show the advice, or change the answer   shift-tab: back   F1: help") \
  DEM_SAYING(ASK_SAVED, "The answers are saved in {path}.")                                        \
  DEM_SAYING(ASK_NEXT, "What you can do next:")                                                    \
  DEM_SAYING(ASK_NEXT_MEMO, "a memo")                                                              \
  DEM_SAYING(ASK_NEXT_WHY, "why this partner")                                                     \
  DEM_SAYING(ASK_NEXT_CHANGE, "check and change the answers")                                      \
  DEM_SAYING(ASK_GO_ON, "To go on with them:")
// clang-format on

/// One a saying: DEM_SAY_<NAME>.
typedef enum dem_saying {
#define DEM_SAYING(name, text) DEM_SAY_##name,
#define DEM_COUNTED(name, one, other) DEM_SAY_##name,
  DEM_SAYINGS
#undef DEM_COUNTED
#undef DEM_SAYING
      DEM_SAYING_COUNT
} dem_saying;

#endif
