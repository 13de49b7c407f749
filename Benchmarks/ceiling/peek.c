// The quickest that an idle driver could be: a blocking peek, the barrier, and the compare-and-set of protocol.md §2.2
// with almost ready-made bytes. Every event goes to the first application's queue. Runs until killed.
//
//   peek ADDRESS SCRIPTS
#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "driver.h"
#include "workload.h"

static const char header[] = ENVELOPE "\\\"bus_driven_at\\\":1795254919,\\\"bus_rider_queue\\\":\\\"app_00_default\\\","
    "\\\"bus_rider_app_key\\\":\\\"app_00\\\",\\\"bus_rider_sub_key\\\":\\\"match_1_000\\\","
    "\\\"bus_rider_class_name\\\":\\\"::QueueBus::Rider\\\",";

static struct scripts scripts;
static struct connection control, feed, doorbell, lane;
static long barrier, sequence = 1;
static struct buffer peeked;
static bool waiting;  // for the barrier

static void send_all(struct connection *connection) {
    if (!send_some(connection)) fail("the socket takes no more");
}

static void arm(void) {
    put_command(&doorbell.out, "BLMOVE " INCOMING " " INCOMING " LEFT LEFT 20");
    put_command(&doorbell.out, "PUBLISH " BARRIER " %ld", ++barrier);
    send_all(&doorbell);
}

// Claims nothing: `claimed` stays 0, so that the script asks for sequence 1 each time.
static void swap(void) {
    struct buffer *out = &lane.out;
    char key[64];
    size_t envelope = sizeof ENVELOPE - 1;
    put_words(out, 3 + 7 + 2 + 3);
    put_word(out, "EVALSHA", 7);
    put_word(out, scripts.swap, 40);
    put_word(out, "7", 1);
    put_word(out, RECORD, sizeof RECORD - 1);
    put_word(out, INCOMING, sizeof INCOMING - 1);
    put_word(out, key, (size_t)snprintf(key, sizeof key, IN_FLIGHT "%ld", sequence - 1));
    put_word(out, "resque:queues", 13);
    put_word(out, PROCESSED, sizeof PROCESSED - 1);
    put_word(out, PROCESSED_BY_US, sizeof PROCESSED_BY_US - 1);
    put_word(out, key, (size_t)snprintf(key, sizeof key, DESTINATION, 0));
    put_word(out, key, (size_t)snprintf(key, sizeof key, "%ld", sequence));
    put_word(out, peeked.bytes, peeked.used);
    put_word(out, key, (size_t)snprintf(key, sizeof key, DESTINATION_NAME, 0));
    put_word(out, "1", 1);
    struct buffer job = {0};
    put(&job, header, sizeof header - 1);
    put(&job, peeked.bytes + envelope, peeked.used - envelope);
    put_word(out, job.bytes, job.used);
    free_buffer(&job);
    send_all(&lane);
}

static void rang(const struct reply *event) {
    if (event->number < 0) return arm();
    peeked.used = 0;
    put(&peeked, event->text, (size_t)event->number);
    waiting = true;
}

int main(int count, char **words) {
    if (count != 3) fail("usage: peek ADDRESS SCRIPTS");
    open_driver(&control, &feed, words[1], words[2], &scripts);
    connect_to(&doorbell, words[1]);
    connect_to(&lane, words[1]);
    long returned = 0;
    arm();
    while (true) {
        struct pollfd ready[] = {{.fd = feed.descriptor, .events = POLLIN},
                                 {.fd = doorbell.descriptor, .events = POLLIN},
                                 {.fd = lane.descriptor, .events = POLLIN}};
        poll(ready, 3, -1);
        struct reply reply;
        if (ready[0].revents) receive_some(&feed);
        while (next_reply(&feed, &reply)) {
            long number = barrier_in(&reply);
            if (number > returned) returned = number;
        }
        if (ready[1].revents) receive_some(&doorbell);
        while (next_reply(&doorbell, &reply)) {
            if (reply.type == '$') rang(&reply);
        }
        if (ready[2].revents) receive_some(&lane);
        while (next_reply(&lane, &reply)) {
            if (reply.type == '-') fail("Redis: %.*s", (int)(reply.end - reply.text), reply.text);
            arm();
        }
        if (waiting && returned == barrier) {
            waiting = false;
            swap();
        }
    }
}
