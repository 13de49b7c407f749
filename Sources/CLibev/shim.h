#pragma once
#include <ev.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <unistd.h>

// libev initialises its watchers with macros, which Swift cannot import.

static inline void clibev_async_init(ev_async *watcher, void (*callback)(struct ev_loop *, ev_async *, int)) {
    ev_async_init(watcher, callback);
}

static inline void clibev_prepare_init(ev_prepare *watcher, void (*callback)(struct ev_loop *, ev_prepare *, int)) {
    ev_prepare_init(watcher, callback);
}

static inline void clibev_idle_init(ev_idle *watcher, void (*callback)(struct ev_loop *, ev_idle *, int)) {
    ev_idle_init(watcher, callback);
}

static inline void clibev_io_init(
    ev_io *watcher, void (*callback)(struct ev_loop *, ev_io *, int), int descriptor, int events) {
    ev_io_init(watcher, callback, descriptor, events);
}

// Timers and signals come before input and output in a loop turn, so that a flood of data cannot delay a heartbeat.

static inline void clibev_timer_init(
    ev_timer *watcher, void (*callback)(struct ev_loop *, ev_timer *, int), double after, double repeat) {
    ev_timer_init(watcher, callback, after, repeat);
    ev_set_priority(watcher, EV_MAXPRI);
}

static inline void clibev_signal_init(
    ev_signal *watcher, void (*callback)(struct ev_loop *, ev_signal *, int), int number) {
    ev_signal_init(watcher, callback, number);
    ev_set_priority(watcher, EV_MAXPRI);
}

// Variadic functions are not imported either. The kernel cuts the name to 15 bytes.
static inline void clibev_name_thread(const char *name) {
    prctl(PR_SET_NAME, name);
}

// glibc has a function for it since 2.36 only.
static inline int clibev_pidfd_open(pid_t process) {
    return (int)syscall(SYS_pidfd_open, process, 0);
}
