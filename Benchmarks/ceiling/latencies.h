// Times in nanoseconds, and how they are told.
#ifndef LATENCIES_H
#define LATENCIES_H

// The monotonic clock, which is the same in all processes.
long now_ns(void);
// Sorts the latencies and prints them as percentiles in microseconds.
void print_latencies(long *latencies, long count);

#endif
