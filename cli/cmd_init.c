// SPDX-License-Identifier: Apache-2.0

// demarche init: a small pack to begin with.
//
// It is written beside its place and moved there when it is whole, so that there is all of it or
// nothing. A folder that is there already must be empty, and stays the same folder: somebody may
// stand in it.

#define _XOPEN_SOURCE 700 // mkdtemp

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command.h"
#include "output.h"
#include "starter.h"

typedef struct new_pack {
  const char *folder;
  bool is_there; ///< The folder is, and empty.
  char *staged;  ///< Where it is written before it is moved; owned.
} new_pack;

static int complain(const char *path, const char *what)
{
  (void)fprintf(stderr, "demarche: cannot write %s: %s\n", path, what);
  return EXIT_IO;
}

static char *join(const char *first, const char *middle, const char *last)
{
  const size_t size = strlen(first) + strlen(middle) + strlen(last) + 1;
  char *const text = malloc(size);
  if (text) {
    (void)snprintf(text, size, "%s%s%s", first, middle, last);
  }
  return text;
}

// Looking ---------------------------------------------------------------------------------

static bool is_empty(DIR *folder)
{
  const struct dirent *entry;
  while ((entry = readdir(folder)) != NULL) {
    if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
      return false;
    }
  }
  return true;
}

/// Whether there is room for the pack: nothing of that name, or an empty folder.
static int check_place(const char *folder, bool *is_there)
{
  struct stat about;
  *is_there = stat(folder, &about) == 0;
  if (!*is_there && lstat(folder, &about) != 0) {
    return errno == ENOENT ? EXIT_DONE : complain(folder, strerror(errno));
  }
  DIR *const opened = S_ISDIR(about.st_mode) ? opendir(folder) : NULL;
  const bool is_free = opened && is_empty(opened);
  if (opened) {
    (void)closedir(opened);
  }
  if (!is_free) {
    (void)fprintf(stderr,
                  "demarche: '%s' is there already; nothing was changed. Name a new folder\n",
                  folder);
    return EXIT_USAGE;
  }
  return EXIT_DONE;
}

// Writing -----------------------------------------------------------------------------------

/// Make the folders of a path below the staged one.
static bool make_folders(char *path, size_t from)
{
  for (char *slash = strchr(path + from, '/'); slash; slash = strchr(slash + 1, '/')) {
    *slash = '\0';
    const bool is_made = mkdir(path, 0777) == 0 || errno == EEXIST;
    *slash = '/';
    if (!is_made) {
      return false;
    }
  }
  return true;
}

static int write_file(const new_pack *p, const starter_file *file)
{
  char *const path = join(p->staged, "/", file->path);
  if (!path) {
    return complain(p->folder, strerror(ENOMEM));
  }
  int status = EXIT_DONE;
  if (!make_folders(path, strlen(p->staged) + 1)) {
    status = complain(path, strerror(errno));
  } else {
    output out;
    output_open(&out, path);
    const dem_status written = output_write(&out, file->bytes, file->size);
    status = output_close(&out, written == DEM_OK) ? EXIT_DONE : EXIT_IO;
  }
  free(path);
  return status;
}

/// Remove what was written, deepest first: the files are sorted, and so are their folders.
static void remove_staged(const new_pack *p)
{
  for (size_t i = starter_file_count; i > 0; --i) {
    char *const path = join(p->staged, "/", starter_files[i - 1].path);
    if (!path) {
      return;
    }
    (void)unlink(path);
    for (char *slash = strrchr(path, '/'); slash && (size_t)(slash - path) > strlen(p->staged);
         slash = strrchr(path, '/')) {
      *slash = '\0';
      (void)rmdir(path); // Fails while there are others in it.
    }
    free(path);
  }
  (void)rmdir(p->staged);
}

/// Move what stands at the top of the staged folder into the one that is there.
static int move_into(const new_pack *p)
{
  int status = EXIT_DONE;
  for (size_t i = 0; i < starter_file_count && status == EXIT_DONE; ++i) {
    char *const from = join(p->staged, "/", starter_files[i].path);
    char *const to = join(p->folder, "/", starter_files[i].path);
    if (from && to) {
      from[strlen(p->staged) + 1 + strcspn(starter_files[i].path, "/")] = '\0';
      to[strlen(p->folder) + 1 + strcspn(starter_files[i].path, "/")] = '\0';
    }
    if (!from || !to) {
      status = complain(p->folder, strerror(ENOMEM));
    } else if (rename(from, to) != 0 && errno != ENOENT) { // Moved with an earlier file.
      status = complain(to, strerror(errno));
    }
    free(from);
    free(to);
  }
  if (status == EXIT_DONE && rmdir(p->staged) != 0) {
    status = complain(p->staged, strerror(errno));
  }
  return status;
}

static int move(const new_pack *p)
{
  const mode_t mask = umask(0);
  (void)umask(mask);
  if (p->is_there) {
    return move_into(p);
  }
  if (chmod(p->staged, 0777 & ~mask) != 0 || rename(p->staged, p->folder) != 0) {
    return complain(p->folder, strerror(errno));
  }
  return EXIT_DONE;
}

static int write_pack(new_pack *p)
{
  p->staged = join(p->folder, p->is_there ? "/." : ".", "XXXXXX");
  if (!p->staged || !mkdtemp(p->staged)) {
    return complain(p->folder, strerror(p->staged ? errno : ENOMEM));
  }
  int status = EXIT_DONE;
  for (size_t i = 0; i < starter_file_count && status == EXIT_DONE; ++i) {
    status = write_file(p, &starter_files[i]);
  }
  if (status == EXIT_DONE) {
    status = move(p);
  }
  if (status != EXIT_DONE) {
    remove_staged(p);
  }
  return status;
}

static void say_what_next(const char *folder)
{
  (void)printf("%s holds a small pack, 'walks': which walk to take. Next:\n\n"
               "  demarche check %s\n"
               "  demarche test %s\n"
               "  demarche advise --pack %s %s/profiles/family.yaml\n\n"
               "Then make it one of your own: %s/README.md says what is where.\n",
               folder, folder, folder, folder, folder, folder);
}

/// The name without blanks at its end that are slashes: "walks/" is "walks".
static char *copy_name(const char *name)
{
  size_t size = strlen(name);
  while (size > 1 && name[size - 1] == '/') {
    --size;
  }
  char *const copy = join(name, "", "");
  if (copy) {
    copy[size] = '\0';
  }
  return copy;
}

int cmd_init(const options *opts)
{
  if (opts->arguments.count != 2 || opts->arguments.items[1][0] == '\0') {
    (void)fputs("demarche: init takes the name of a folder: demarche init DIR\n", stderr);
    return EXIT_USAGE;
  }
  char *const folder = copy_name(opts->arguments.items[1]);
  new_pack p = {.folder = folder};
  if (!folder) {
    return complain(opts->arguments.items[1], strerror(ENOMEM));
  }
  int status = check_place(folder, &p.is_there);
  if (status == EXIT_DONE) {
    status = write_pack(&p);
  }
  if (status == EXIT_DONE && !opts->is_quiet) {
    say_what_next(folder);
  }
  free(p.staged);
  free(folder);
  return status;
}
