// The most that a driver could do under load: every Redis command of one, with ready-made bytes. Drives what is there, then
// ends.
//
//   ceiling ADDRESS SCRIPTS MATCHES [BATCH]
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lanes.h"
#include "workload.h"

static struct buffer jobs;  // arguments of RPUSH
static long matches, spread;

static void make_jobs(void) {
    char job[job_bytes];
    memset(job, 'x', sizeof job);
    memcpy(job, ENVELOPE, sizeof ENVELOPE - 1);
    memcpy(job + job_bytes + 1 - sizeof ENVELOPE_END, ENVELOPE_END, sizeof ENVELOPE_END - 1);
    // A destination gets at most this many copies of one batch: the copies rotate over all of them.
    for (long i = 0; i < batch; i++) put_word(&jobs, job, sizeof job);
}

static void spread_jobs(long events, const char *first) {
    (void)first;
    for (int i = 0; i < queue_count; i++) queues[i].copies = 0;
    for (long left = events * matches; left > 0; left--) queues[spread++ % queue_count].copies++;
    for (int i = 0; i < queue_count; i++) {
        queues[i].words = jobs.bytes;
        queues[i].bytes = jobs.used / (size_t)batch * (size_t)queues[i].copies;
    }
}

int main(int count, char **words) {
    if (count < 4) fail("usage: ceiling ADDRESS SCRIPTS MATCHES [BATCH]");
    matches = atol(words[3]);
    if (count > 4) batch = atol(words[4]);
    make_jobs();
    char name[64];
    for (int app = 0; app < destinations; app++) {
        snprintf(name, sizeof name, DESTINATION_NAME, app);
        add_queue(name);
    }
    open_driver(words[1], words[2]);
    open_lanes(words[1], spread_jobs);

    advance_lanes();
    while (!lanes_are_idle()) {
        struct pollfd ready[1 + lane_count] = {await(&feed)};
        await_lanes(ready + 1);
        poll(ready, 1 + lane_count, -1);
        read_lanes(ready + 1);
        if (ready[0].revents) read_feed();
        advance_lanes();
    }
    close_driver();
    printf("driven=%ld\n", driven);
    return 0;
}
