#pragma once
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// open(2) and ioctl(2) are variadic, which Swift cannot call.

static inline int shim_open(const char *path, int flags, mode_t mode) {
  return open(path, flags, mode);
}

static inline int shim_terminal_columns(int descriptor) {
  struct winsize size;
  return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

// The status macros of wait(2) are not imported by Swift.

static inline int shim_exit_status(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : -1; }
static inline int shim_term_signal(int status) { return WIFSIGNALED(status) ? WTERMSIG(status) : 0; }

// pipe2(2) hides behind _GNU_SOURCE, which Dispatch's own module is built without: two modules that
// disagree about it disagree about the shape of fd_set.
extern int pipe2(int descriptors[2], int flags);
static inline int shim_pipe(int descriptors[2]) { return pipe2(descriptors, O_CLOEXEC); }

// fcntl(2) is variadic.
static inline int shim_set_nonblocking(int descriptor) {
  int flags = fcntl(descriptor, F_GETFL);
  return flags < 0 ? -1 : fcntl(descriptor, F_SETFL, flags | O_NONBLOCK);
}

// errno and SIG_IGN are macros that Swift does not import.
static inline int shim_errno(void) { return errno; }
static inline void shim_ignore_signal(int number) { signal(number, SIG_IGN); }

// Hidden behind _GNU_SOURCE, as pipe2(2) is.
extern int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path);
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);
