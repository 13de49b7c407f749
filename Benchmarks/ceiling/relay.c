// A whole driver without its thinking, to stand beside busdriver in a load test: batches under load, the blocking peek
// when idle, every Redis command of both, until SIGTERM or SIGINT; then it commits what it holds.
//
//   relay ADDRESS SCRIPTS FANOUT QUEUE…
//
// An event of type lt_event_N goes to FANOUT queues in a row, from number N · FANOUT on, counted from 0, round and round: that
// is where the subscriptions of a generated workload send it (loadtest/Workload/GeneratedSubscriptions.swift), if FANOUT is
// its matches per event and the queues stand in its order. Nothing else is looked at. What is no event, or of another type,
// is dropped. It renews no lease and cannot take up what it held when it was killed: give it a Redis of its own, with the
// namespace resque.
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "doorbell.h"
#include "job.h"
#include "lanes.h"

enum { type_digits = 6 };

static const char type_begins[] = "\\\"bus_event_type\\\":\\\"lt_event_";

static int fanout;
static struct buffer *words_of_queues;
static volatile sig_atomic_t stopping;

static void stop(int signal) {
    (void)signal;
    stopping = 1;
}

// The first queue of an event, or -1 if it goes nowhere.
static int first_queue(const char *element, size_t length) {
    const char *type = memmem(element, length, type_begins, sizeof type_begins - 1);
    if (!type) return -1;
    const char *at = type + sizeof type_begins - 1, *end = element + length;
    if (end - at < type_digits) return -1;
    long number = 0;
    for (int i = 0; i < type_digits; i++) {
        if (at[i] < '0' || at[i] > '9') return -1;
        number = number * 10 + (at[i] - '0');
    }
    return (int)(number * fanout % queue_count);
}

static void write_jobs(long events, const char *at) {
    static struct buffer job;
    for (int i = 0; i < queue_count; i++) {
        queues[i].copies = 0;
        words_of_queues[i].used = 0;
    }
    for (; events > 0; events--) {
        const char *element;
        long length;
        at = next_element(at, &element, &length);
        int first = first_queue(element, (size_t)length);
        job.used = 0;
        if (first < 0 || !put_job(&job, element, (size_t)length)) continue;
        for (int i = 0; i < fanout; i++) {
            int number = (first + i) % queue_count;
            queues[number].copies++;
            put(&words_of_queues[number], job.bytes, job.used);
        }
    }
    for (int i = 0; i < queue_count; i++) {
        queues[i].words = words_of_queues[i].bytes;
        queues[i].bytes = words_of_queues[i].used;
    }
}

static void advance(void) {
    if (stopping) more = false;
    advance_doorbell();
    if (doorbell_rang()) return;
    advance_lanes();
    if (lanes_are_idle() && !stopping) arm_doorbell();
}

int main(int count, char **words) {
    if (count < 5) fail("usage: relay ADDRESS SCRIPTS FANOUT QUEUE…");
    fanout = atoi(words[3]);
    for (int i = 4; i < count; i++) add_queue(words[i]);
    if (fanout < 0 || fanout > queue_count) fail("the fan-out must be 0 to %d, the number of queues", queue_count);
    words_of_queues = calloc((size_t)queue_count, sizeof *words_of_queues);
    if (!words_of_queues) fail("out of memory");

    // Signals arrive only inside ppoll, so that none is missed between the check and the wait; there they do, even if the
    // parent had them blocked.
    sigset_t ending, during_wait;
    sigemptyset(&ending);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGINT);
    sigprocmask(SIG_BLOCK, &ending, &during_wait);
    sigdelset(&during_wait, SIGTERM);
    sigdelset(&during_wait, SIGINT);
    sigaction(SIGTERM, &(struct sigaction){.sa_handler = stop}, NULL);
    sigaction(SIGINT, &(struct sigaction){.sa_handler = stop}, NULL);

    open_driver(words[1], words[2]);
    open_lanes(words[1], write_jobs);
    open_doorbell(words[1], write_jobs);
    advance();
    while (!stopping || !lanes_are_idle() || doorbell_rang()) {
        struct pollfd ready[1 + lane_count + doorbell_count] = {await(&feed)};
        struct pollfd *lanes = ready + 1, *doorbell = lanes + lane_count;
        await_lanes(lanes);
        await_doorbell(doorbell);
        if (ppoll(ready, 1 + lane_count + doorbell_count, NULL, &during_wait) < 0) {
            if (errno != EINTR) fail("ppoll: %s", strerror(errno));
        } else {
            if (ready[0].revents) read_feed();
            read_lanes(lanes);
            read_doorbell(doorbell);
        }
        advance();
    }
    close_driver();
    printf("driven=%ld\n", driven);
    return 0;
}
