// A driver under load: batches on two connections in turn, with every Redis command of protocol §2.2 in its order.
// One claim and one EXEC are unanswered at most.
#ifndef LANES_H
#define LANES_H

#include <poll.h>

#include "driver.h"

enum { lane_count = 2 };

// Most events of a batch.
extern long batch;

void open_lanes(const char *address, write_copies *writer);
// Nothing is in hand and nothing unanswered.
bool lanes_are_idle(void);
// Commits and claims what can be before the next answer.
void advance_lanes(void);
void await_lanes(struct pollfd ready[lane_count]);
void read_lanes(const struct pollfd ready[lane_count]);

#endif
