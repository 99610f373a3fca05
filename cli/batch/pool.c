// SPDX-License-Identifier: Apache-2.0

// Threads that work through a source's records. Needs POSIX threads.
//
// There is no thread for reading and none for writing: whoever is free reads the next chunk, works
// it through with tools of its own, and, if the chunk is the next to be written, writes it and
// those behind it that are waiting. So no thread waits for another but at the ends, and two threads
// need two locks a chunk.
//
//   ring:  head ─┐            ┌─ next
//        [ … | waiting | under way | … ]     a slot a chunk; as many as may be under way
//
// The ring bounds the memory: when the oldest chunk takes long, reading waits for it.

#define _POSIX_C_SOURCE 200809L

#include "pool.h"

#include <pthread.h>
#include <stdlib.h>

typedef struct pool {
  source *source;
  outlet *outlet;
  const desk_order *order;
  chunk *ring;
  size_t ring_size;

  pthread_mutex_t reading; ///< Held while a chunk is read. Guards:
  uint64_t next;           ///< Chunks that were read.
  bool is_read;            ///< Nothing more comes.

  pthread_mutex_t writing; ///< Held for moments only. Guards:
  pthread_cond_t moved;    ///< `head` has moved, or `is_stopped`.
  uint64_t head;           ///< Chunks that were written.
  bool is_writing;         ///< Some thread writes.
  bool is_stopped;         ///< The outlet takes no more.
  bool has_memory;
} pool;

static chunk *slot(pool *p, uint64_t number)
{
  return &p->ring[number % p->ring_size];
}

// Reading -----------------------------------------------------------------------------

/// Wait until the next chunk's slot is free. Called with `reading` held.
static bool wait_for_slot(pool *p)
{
  (void)pthread_mutex_lock(&p->writing);
  while (!p->is_stopped && p->next - p->head >= p->ring_size) {
    (void)pthread_cond_wait(&p->moved, &p->writing);
  }
  const bool is_stopped = p->is_stopped;
  (void)pthread_mutex_unlock(&p->writing);
  return !is_stopped;
}

/// The next chunk, read; NULL at the end.
static chunk *take_chunk(pool *p)
{
  chunk *c = NULL;
  (void)pthread_mutex_lock(&p->reading);
  if (!p->is_read && wait_for_slot(p)) {
    c = slot(p, p->next);
    chunk_reset(c);
    if (source_fill(p->source, c)) {
      ++p->next;
    } else {
      p->is_read = true;
      c = NULL;
    }
  } else {
    p->is_read = true;
  }
  (void)pthread_mutex_unlock(&p->reading);
  return c;
}

// Writing -----------------------------------------------------------------------------

static void release(chunk *c)
{
  for (size_t i = 0; i < c->count; ++i) {
    source_release(c->records[i].input);
  }
  c->count = 0;
}

/// Write the chunks at the head that are done. Called with `writing` held.
static void write_head(pool *p, desk *d)
{
  p->is_writing = true;
  while (!p->is_stopped && slot(p, p->head)->is_done) {
    chunk *const c = slot(p, p->head);
    (void)pthread_mutex_unlock(&p->writing);
    const bool goes_on = outlet_take(p->outlet, c, d);
    release(c);
    (void)pthread_mutex_lock(&p->writing);
    c->is_done = false;
    ++p->head;
    p->is_stopped = p->is_stopped || !goes_on;
    (void)pthread_cond_broadcast(&p->moved);
  }
  p->is_writing = false;
}

static void hand_over(pool *p, chunk *c, desk *d)
{
  (void)pthread_mutex_lock(&p->writing);
  c->is_done = true;
  if (!p->is_writing) {
    write_head(p, d);
  }
  (void)pthread_mutex_unlock(&p->writing);
}

// Threads -----------------------------------------------------------------------------

static void stop(pool *p)
{
  (void)pthread_mutex_lock(&p->writing);
  p->is_stopped = true;
  p->has_memory = false;
  (void)pthread_cond_broadcast(&p->moved);
  (void)pthread_mutex_unlock(&p->writing);
}

static void *work(void *context)
{
  pool *const p = context;
  desk d;
  if (desk_init(&d, p->order)) {
    chunk *c;
    while ((c = take_chunk(p)) != NULL) {
      desk_work(&d, c);
      hand_over(p, c, &d);
    }
  } else {
    stop(p);
  }
  desk_clear(&d);
  return NULL;
}

/// Fewer threads than asked for do the same work.
static void run_threads(pool *p, pthread_t *handles, size_t threads)
{
  size_t started = 0;
  while (started + 1 < threads && pthread_create(&handles[started], NULL, work, p) == 0) {
    ++started;
  }
  (void)work(p);
  for (size_t i = 0; i < started; ++i) {
    (void)pthread_join(handles[i], NULL);
  }
}

bool pool_run(source *s, outlet *o, const desk_order *order, size_t threads)
{
  pool p = {.source = s,
            .outlet = o,
            .order = order,
            .ring_size = threads == 1 ? 1 : 2 * threads + 2,
            .reading = PTHREAD_MUTEX_INITIALIZER,
            .writing = PTHREAD_MUTEX_INITIALIZER,
            .moved = PTHREAD_COND_INITIALIZER,
            .has_memory = true};
  p.ring = calloc(p.ring_size, sizeof *p.ring);
  pthread_t *const handles = calloc(threads, sizeof *handles);
  if (p.ring && handles) {
    run_threads(&p, handles, threads);
  } else {
    p.has_memory = false;
  }
  for (size_t i = 0; p.ring && i < p.ring_size; ++i) {
    release(&p.ring[i]);
    chunk_clear(&p.ring[i]);
  }
  free(p.ring);
  free(handles);
  return p.has_memory;
}
