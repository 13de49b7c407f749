#pragma once

#ifdef __linux__
#include <malloc.h>
#endif

/// Bounds what a process keeps of the memory that it has needed for a moment. glibc gives each thread a heap of its own, and raises
/// the limits from which it gives memory back to twice the size of the largest block that was freed. Here all threads share one
/// heap, and of its free end 64 MiB are kept: what one large event after another needs is not fetched anew each time.
static inline void cmalloc_bound_free_memory(void) {
#ifdef M_ARENA_MAX
    mallopt(M_ARENA_MAX, 1);
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
#endif
}
