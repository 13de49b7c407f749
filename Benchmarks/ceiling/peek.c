// The quickest that an idle driver could be, with almost ready-made bytes. Every event goes to the first application's
// queue. Runs until killed.
//
//   peek ADDRESS SCRIPTS
#include <poll.h>
#include <stdio.h>

#include "doorbell.h"
#include "job.h"
#include "workload.h"

static struct buffer job;

static void write_job(long events, const char *first) {
    (void)events;
    const char *element;
    long length;
    next_element(first, &element, &length);
    job.used = 0;
    if (!put_job(&job, element, (size_t)length)) fail("no event: %.*s", (int)length, element);
    queues[0].copies = 1;
    queues[0].words = job.bytes;
    queues[0].bytes = job.used;
}

int main(int count, char **words) {
    if (count != 3) fail("usage: peek ADDRESS SCRIPTS");
    char name[64];
    snprintf(name, sizeof name, DESTINATION_NAME, 0);
    add_queue(name);
    open_driver(words[1], words[2]);
    open_doorbell(words[1], write_job);
    while (true) {
        arm_doorbell();
        struct pollfd ready[1 + doorbell_count] = {await(&feed)};
        await_doorbell(ready + 1);
        poll(ready, 1 + doorbell_count, -1);
        if (ready[0].revents) read_feed();
        read_doorbell(ready + 1);
        advance_doorbell();
    }
}
