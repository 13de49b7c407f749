#include "latencies.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

long now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000L + now.tv_nsec;
}

static int ascending(const void *left, const void *right) {
    long a = *(const long *)left, b = *(const long *)right;
    return (a > b) - (a < b);
}

void print_latencies(long *latencies, long count) {
    qsort(latencies, (size_t)count, sizeof *latencies, ascending);
    printf("p50_us=%.0f p90_us=%.0f p99_us=%.0f p999_us=%.0f max_us=%.0f\n", (double)latencies[count / 2] / 1e3,
           (double)latencies[count * 9 / 10] / 1e3, (double)latencies[count * 99 / 100] / 1e3,
           (double)latencies[count * 999 / 1000] / 1e3, (double)latencies[count - 1] / 1e3);
}
