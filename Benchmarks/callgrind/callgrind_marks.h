// Marks for `valgrind --tool=callgrind`; elsewhere each is a few instructions without effect.
#pragma once
#include <valgrind/callgrind.h>

/// From here on instructions are counted, beginning at 0.
static inline void callgrind_begin(void) {
    CALLGRIND_START_INSTRUMENTATION;
    CALLGRIND_ZERO_STATS;
}

/// Writes what was counted since `callgrind_begin` to the next file of callgrind's, under this name, and counts no more.
static inline void callgrind_end(const char *name) {
    CALLGRIND_DUMP_STATS_AT(name);
    CALLGRIND_STOP_INSTRUMENTATION;
}
