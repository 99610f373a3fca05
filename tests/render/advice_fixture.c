// SPDX-License-Identifier: Apache-2.0

// Advices as data.

#include "render/advice_fixture.h"

#include "demarche/explain.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const size_t first_source[] = {0};
static const size_t both_sources[] = {0, 1};

static const dem_advice_hinge fund_hinges[] = {
    {"themes", "themes", "Which themes matter\x1b[31m most?", "trust-funds", "Trust funds", false},
    {"observers", "observers", "Where is it an observer?", "idb", "Inter-American Development Bank",
     true},
};

static const dem_advice_hinge iom_hinges[] = {
    {"themes", "themes", "Which themes matter\x1b[31m most?", "", "", false},
};

static const dem_advice_reason bank_reasons[] = {
    {.text = "Morocco is a member of the African Development Bank, which finances work on emerging "
             "migration issues.",
     .rule = "funding/member-of-development-bank",
     .file = "rules/funding.yaml",
     .line = 4,
     .weight = 30,
     .is_certain = true,
     .citation_count = COUNT(both_sources),
     .citations = both_sources,
     .step = 0},
    {.text = "It may co-finance a trust fund.",
     .rule = "funding/trust-fund",
     .file = "rules/funding.yaml",
     .line = 21,
     .weight = 10,
     .is_certain = false,
     .hinge_count = COUNT(fund_hinges),
     .hinges = fund_hinges,
     .step = 3},
};

static const dem_advice_purpose bank_purposes[] = {
    {"access-funding", "Access funding", true, 30, COUNT(bank_reasons), bank_reasons},
};

static const dem_advice_item bank_steps[] = {
    {1,
     "Ask the country office which windows are open.",
     "Ministry of Finance",
     {.text = "The ministry of finance is the bank's counterpart.",
      .rule = "steps/ask-office",
      .file = "rules/steps.yaml",
      .line = 3,
      .is_certain = true,
      .citation_count = COUNT(first_source),
      .citations = first_source}},
    {2,
     "Send a concept note of two pages.",
     "",
     {.text = "Send a concept note of two pages.",
      .rule = "steps/concept-note",
      .file = "rules/steps.yaml",
      .line = 9,
      .is_certain = true}},
};

static const dem_advice_item bank_caveats[] = {
    {0,
     "A <b>loan</b> is *debt* | not a grant.",
     "",
     {.text = "",
      .rule = "caveats/loan",
      .file = "rules/caveats.yaml",
      .line = 3,
      .is_certain = true}},
};

static const dem_advice_reason iom_reasons[] = {
    {.text = "",
     .rule = "advice/specialized",
     .file = "rules/advice.yaml",
     .line = 3,
     .weight = 20,
     .is_certain = false,
     .hinge_count = COUNT(iom_hinges),
     .hinges = iom_hinges,
     .step = 6,
     .citation_count = COUNT(first_source),
     .citations = first_source},
};

static const dem_advice_purpose iom_purposes[] = {
    {"specialized-advice", "Specialized advice", false, 20, COUNT(iom_reasons), iom_reasons},
};

static const dem_advice_partner partners[] = {
    {.id = "afdb",
     .label = "African Development Bank",
     .kind = "development bank",
     .kind_words = "development bank",
     .is_un = false,
     .is_certain = true,
     .weight = 30,
     .purpose_count = COUNT(bank_purposes),
     .purposes = bank_purposes,
     .steps = {COUNT(bank_steps), bank_steps},
     .caveats = {COUNT(bank_caveats), bank_caveats}},
    {.id = "iom",
     .label = "International Organization for Migration",
     .kind = "",
     .kind_words = "",
     .is_un = true,
     .is_certain = false,
     .weight = 20,
     .purpose_count = COUNT(iom_purposes),
     .purposes = iom_purposes},
};

static const char *const country_values[] = {"MA"};
static const char *const country_labels[] = {"Morocco"};
static const char *const union_values[] = {"au", "amu"};
static const char *const union_labels[] = {"African Union", "Arab Maghreb Union"};

static const dem_advice_answer answers[] = {
    {"country", "country", "Which country is the advice for?", false, false, false, 1,
     country_values, country_labels},
    {"unions", "unions", "Which unions does it belong to?", false, false, true, 2, union_values,
     union_labels},
    {"observers", "observers", "Where is it an observer?", false, false, false, 0, NULL, NULL},
    {"themes", "themes", "Which themes matter\x1b[31m most?", true, true, false, 0, NULL, NULL},
};

static const dem_advice_item general_steps[] = {
    {1,
     "Name one focal point.",
     "",
     {.text = "Partners ask for one.",
      .rule = "steps/focal-point",
      .file = "rules/steps.yaml",
      .line = 30,
      .is_certain = true,
      .citation_count = COUNT(first_source),
      .citations = first_source}},
};

static const dem_advice_source sources[] = {
    {.id = "emm-igos/development-banks",
     .title = "Intergovernmental organizations",
     .section = "Multilateral development banks",
     .work = "Essentials of Migration Management 2.0",
     .author = "",
     .publisher = "International Organization for Migration",
     .date = "",
     .url = "https://emm.iom.int/handbooks/(igos)",
     .as_of = ""},
    {.id = "members",
     .title = "Member countries",
     .section = "",
     .work = "",
     .author = "African Development Bank",
     .publisher = "",
     .date = "2023",
     .url = "",
     .as_of = "2024-06-01"},
};

static const dem_advice_ruled_out ruled_out[] = {
    {.id = "mdb",
     .label = "A bank & its <fund>",
     .by = DEM_RULED_OUT_BY_EXCEPTION,
     .text = "Morocco does not want it",
     .distance = 1,
     .rule = "funding/other",
     .title = "Seek funding elsewhere",
     .file = "rules/funding.yaml",
     .line = 30},
    {.id = "au",
     .label = "African Union",
     .by = DEM_RULED_OUT_BY_ANSWER,
     .text = "the answer to “What for?” is not “Advice”",
     .distance = 1,
     .rule = "advice/union",
     .title = "",
     .file = "rules/advice.yaml",
     .line = 12},
};

static const size_t bank_premises[] = {1, 2};
static const size_t fund_premises[] = {1, 4};
static const size_t fit_premises[] = {5};
static const size_t iom_premises[] = {4};
static const dem_proof_record bank_records[] = {
    {.file = "kb/members.yaml", .line = 7, .as_of = "2024-06-01", .from = "", .until = ""}};
static const dem_proof_check bank_checks[] = {
    {.kind = DEM_CHECK_COMPARISON, .text = "1 < 2 & 3", .file = "rules/funding.yaml", .line = 9}};

static const dem_proof_step steps_of_proof[] = {
    {.origin = DEM_PROOF_RULE,
     .fact = {.relation = "recommend", .text = "recommend (bank)"},
     .text = "It finances such work.",
     .is_certain = true,
     .height = 1,
     .rule = "funding/member-of-development-bank",
     .title = "",
     .file = "rules/funding.yaml",
     .line = 4,
     .premise_count = COUNT(bank_premises),
     .premises = bank_premises,
     .check_count = COUNT(bank_checks),
     .checks = bank_checks,
     .field = ""},
    {.origin = DEM_PROOF_ANSWER,
     .fact = {.relation = "subject", .text = "subject (Morocco)"},
     .text = "Which country is the advice for? Morocco",
     .is_certain = true,
     .rule = "",
     .title = "",
     .file = "",
     .field = "country"},
    {.origin = DEM_PROOF_RECORD,
     .fact = {.relation = "member", .text = "member (Morocco)"},
     .text = "member (organization: African Development Bank, country: Morocco)",
     .is_certain = true,
     .rule = "",
     .title = "",
     .file = "",
     .field = "",
     .record_count = COUNT(bank_records),
     .records = bank_records,
     .citation_count = COUNT(first_source),
     .citations = first_source},
    {.origin = DEM_PROOF_RULE,
     .fact = {.relation = "recommend", .text = "recommend (fund)"},
     .text = "It may co-finance a trust fund.",
     .height = 2,
     .rule = "funding/trust-fund",
     .title = "",
     .file = "rules/funding.yaml",
     .line = 21,
     .premise_count = COUNT(fund_premises),
     .premises = fund_premises,
     .field = ""},
    {.origin = DEM_PROOF_RULE,
     .fact = {.relation = "fits", .text = "fits (fund)"},
     .text = "A trust fund fits.",
     .height = 1,
     .rule = "themes/fit",
     .title = "",
     .file = "rules/themes.yaml",
     .line = 2,
     .premise_count = COUNT(fit_premises),
     .premises = fit_premises,
     .field = ""},
    {.origin = DEM_PROOF_ANSWER,
     .fact = {.relation = "theme", .text = "theme (Trust funds)"},
     .text = "Which themes matter most? Trust funds",
     .rule = "",
     .title = "",
     .file = "",
     .field = "themes"},
    {.origin = DEM_PROOF_RULE,
     .fact = {.relation = "recommend", .text = "recommend (iom)"},
     .text = "",
     .height = 2,
     .rule = "advice/specialized",
     .title = "",
     .file = "rules/advice.yaml",
     .line = 3,
     .premise_count = COUNT(iom_premises),
     .premises = iom_premises,
     .field = ""},
};

static const dem_proof proof = {.step_count = COUNT(steps_of_proof),
                                .steps = steps_of_proof,
                                .source_count = COUNT(sources),
                                .sources = sources};

#define SHA256 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

const dem_advice advice_full = {
    .profile_id = "",
    .pack_name = "sample",
    .pack_version = "1.2.0",
    .pack_title = "A sample of advice",
    .pack_sha256 = SHA256,
    .date = "2025-06-01",
    .answer_count = COUNT(answers),
    .answers = answers,
    .partner_count = COUNT(partners),
    .partners = partners,
    .steps = {COUNT(general_steps), general_steps},
    .source_count = COUNT(sources),
    .sources = sources,
    .ruled_out_count = COUNT(ruled_out),
    .ruled_out = ruled_out,
    .proof = &proof,
};

const dem_advice advice_empty = {
    .profile_id = "",
    .pack_name = "sample",
    .pack_version = "1.2.0",
    .pack_title = "A sample of advice",
    .pack_sha256 = SHA256,
    .date = "2025-06-01",
};
