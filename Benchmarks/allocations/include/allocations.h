#ifndef ALLOCATIONS_H
#define ALLOCATIONS_H

/// The number of heap allocations of this program since its start, by any thread.
long allocation_count(void);

#endif
