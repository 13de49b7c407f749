// An idle driver: a blocking peek, the barrier, and the compare-and-set of protocol §2.2 for the event that ends the wait.
#ifndef DOORBELL_H
#define DOORBELL_H

#include <poll.h>
#include <stdbool.h>

#include "driver.h"

enum { doorbell_count = 2 };

void open_doorbell(const char *address, write_copies *writer);
// Waits for the next event, unless one is waited for or in hand.
void arm_doorbell(void);
// An event is in hand.
bool doorbell_rang(void);
// Hands the event over once its barrier is back. Nothing may be in hand on the lanes. When it is done, `more` is set.
void advance_doorbell(void);
void await_doorbell(struct pollfd ready[doorbell_count]);
void read_doorbell(const struct pollfd ready[doorbell_count]);

#endif
