// SPDX-License-Identifier: Apache-2.0

// Which fields of a shown relation mean what to advice.

#include "advise/presentation.h"

static uint32_t find(const dem_model *model, const dem_relation *relation, const char *name)
{
  return dem_relation_find_field(model, relation, dem_slice_of(name));
}

/// The first reference that is none of two fields already taken.
static uint32_t first_reference(const dem_relation *relation, uint32_t taken, uint32_t other)
{
  for (uint32_t i = 0; i < relation->field_count; ++i) {
    if (relation->fields[i].type.kind == DEM_TYPE_REFERENCE && i != taken && i != other) {
      return i;
    }
  }
  return DEM_NONE;
}

static uint32_t integer_field(const dem_model *model, const dem_relation *relation,
                              const char *name)
{
  const uint32_t field = find(model, relation, name);
  return field != DEM_NONE && relation->fields[field].type.kind == DEM_TYPE_INTEGER ? field
                                                                                    : DEM_NONE;
}

static uint32_t text_field(const dem_model *model, const dem_relation *relation,
                           const dem_presentation *p)
{
  const uint32_t named = find(model, relation, "text");
  for (uint32_t i = 0; named == DEM_NONE && i < relation->field_count; ++i) {
    if (relation->fields[i].type.kind == DEM_TYPE_TEXT && i != p->route) {
      return i;
    }
  }
  return named != DEM_NONE ? named : first_reference(relation, p->partner, p->route);
}

dem_presentation dem_presentation_of(const dem_model *model, uint32_t relation)
{
  const dem_relation *const r = &model->relations[relation];
  const bool recommends = r->shows_as == DEM_SHOWS_RECOMMENDATION;
  dem_presentation p = {.partner = find(model, r, "partner"),
                        .purpose = find(model, r, "purpose"),
                        .weight = integer_field(model, r, "weight"),
                        .order = integer_field(model, r, "order"),
                        .text = DEM_NONE,
                        .route = find(model, r, "route")};
  if (p.partner != DEM_NONE && r->fields[p.partner].type.kind != DEM_TYPE_REFERENCE) {
    p.partner = DEM_NONE;
  }
  if (p.partner == DEM_NONE && recommends) {
    p.partner = first_reference(r, DEM_NONE, DEM_NONE);
  }
  if (p.purpose == DEM_NONE && recommends) {
    p.purpose = first_reference(r, p.partner, DEM_NONE);
  }
  if (!recommends) {
    p.text = text_field(model, r, &p);
  }
  return p;
}
