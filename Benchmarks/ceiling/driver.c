#define _GNU_SOURCE
#include "driver.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct scripts scripts;
struct queue *queues;
int queue_count;
struct connection feed;
long low = 1, barriers, returned, driven;
bool more = true;

static struct connection control;

void add_queue(const char *name) {
    queues = realloc(queues, (size_t)(queue_count + 1) * sizeof *queues);
    if (!queues) fail("out of memory");
    struct queue *queue = &queues[queue_count++];
    *queue = (struct queue){0};
    if (asprintf(&queue->name, "%s", name) < 0 || asprintf(&queue->key, "resque:queue:%s", name) < 0) {
        fail("out of memory");
    }
}

void open_driver(const char *address, const char *folder) {
    connect_to(&control, address);
    load_script(&control, folder, "claim.lua", scripts.claim, NULL);
    load_script(&control, folder, "swap.lua", scripts.swap, NULL);
    load_script(&control, folder, "fin.lua", scripts.fin, &scripts.fin_text);
    put_command(&control.out, "HSET " RECORD " claimed 0");
    ask(&control);

    connect_to(&feed, address);
    put_command(&feed.out, "CLIENT ID");
    long feedID = ask(&feed).number;
    put_command(&feed.out, "SUBSCRIBE __redis__:invalidate " BARRIER);
    ask(&feed);
    await_reply(&feed);
    put_command(&control.out, "CLIENT TRACKING ON REDIRECT %ld BCAST PREFIX resque:bus_app NOLOOP", feedID);
    ask(&control);
}

// The barrier that a message on the feed carries, or 0 for anything else.
static long barrier_in(const struct reply *message) {
    const char *text;
    long length;
    const char *at = next_element(message->text, &text, &length);
    at = next_element(at, &text, &length);
    if (length != sizeof BARRIER - 1 || memcmp(text, BARRIER, sizeof BARRIER - 1) != 0) return 0;
    next_element(at, &text, &length);
    return strtol(text, NULL, 10);
}

void read_feed(void) {
    struct reply message;
    receive_some(&feed);
    while (next_reply(&feed, &message)) {
        long barrier = barrier_in(&message);
        if (barrier > returned) returned = barrier;
    }
}

void close_driver(void) {
    put_command(&control.out, "DEL " RECORD);
    ask(&control);
}
