// What the C riders share: a rider's keys and scripts, and its two commands.
#ifndef RIDER_H
#define RIDER_H

#include <stdbool.h>

#include "resp.h"

#define RIDER "ceiling:1:0"
#define RIDER_RECORD "resque:busdriver:r:" RIDER
#define RESERVED "resque:busdriver:reserved:" RIDER ":"

enum { slots = 100, most_jobs = 512 };

// What a claim has reserved.
struct reserved {
    long sequence, jobs;
    // Of its queue.
    char name[64];
    // Jobs that are left in that queue.
    long left;
};

// Registers the rider and its slots, as resque-web shows them. It works on the first `count` destinations.
void open_rider(const char *address, const char *folder, int count);
void close_rider(void);

// A claim and the read of what it reserved: two replies.
void put_claim(struct buffer *out, long sequence, long most);
// Reads the first of them; false when all queues are empty.
bool read_claim(const struct reply *reply, struct reserved *reserved);
// The settlement of a whole batch, with as many ready-made counters of attempts: one reply.
void put_settlement(struct buffer *out, long number, const struct reserved *reserved);
// Ends the program unless the settlement took effect.
void read_settlement(const struct reply *reply);

// Counts jobs for the slots in turn; what resque-web shows is behind by 200 ms at most. Needs no wait.
void count_jobs(long jobs);

#endif
