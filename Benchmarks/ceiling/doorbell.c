#include "doorbell.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "workload.h"

enum phase { resting, armed, holding, swapping };

static struct connection bell, lane;
static write_copies *write_event;
static enum phase phase;
static long barrier;
static struct buffer event;  // as an element of a reply

void open_doorbell(const char *address, write_copies *writer) {
    write_event = writer;
    connect_to(&bell, address);
    connect_to(&lane, address);
}

bool doorbell_rang(void) { return phase == holding || phase == swapping; }

void arm_doorbell(void) {
    if (phase != resting) return;
    phase = armed;
    barrier = ++barriers;
    put_command(&bell.out, "BLMOVE " INCOMING " " INCOMING " LEFT LEFT 20");
    put_command(&bell.out, "PUBLISH " BARRIER " %ld", barrier);
    send_some(&bell);
}

static void rang(const struct reply *reply) {
    phase = resting;
    if (reply->number < 0) return;
    phase = holding;
    event.used = 0;
    put_word(&event, reply->text, (size_t)reply->number);
    write_event(1, event.bytes);
}

void advance_doorbell(void) {
    if (phase != holding || barrier > returned) return;
    phase = swapping;
    struct buffer *out = &lane.out;
    char text[128];
    int used = 0;
    long copies = 0;
    for (struct queue *queue = queues; queue < queues + queue_count; queue++) {
        used += queue->copies > 0;
        copies += queue->copies;
    }
    put_words(out, 3 + 6 + used + 2 + 2 * used + copies);
    put_word(out, "EVALSHA", 7);
    put_word(out, scripts.swap, 40);
    put_word(out, text, (size_t)snprintf(text, sizeof text, "%d", 6 + used));
    put_word(out, RECORD, sizeof RECORD - 1);
    put_word(out, INCOMING, sizeof INCOMING - 1);
    put_word(out, text, (size_t)snprintf(text, sizeof text, IN_FLIGHT "%ld", low - 1));
    put_word(out, QUEUES, sizeof QUEUES - 1);
    put_word(out, PROCESSED, sizeof PROCESSED - 1);
    put_word(out, PROCESSED_BY_US, sizeof PROCESSED_BY_US - 1);
    for (struct queue *queue = queues; queue < queues + queue_count; queue++) {
        if (queue->copies > 0) put_word(out, queue->key, strlen(queue->key));
    }
    put_word(out, text, (size_t)snprintf(text, sizeof text, "%ld", low));
    put(out, event.bytes, event.used);
    for (struct queue *queue = queues; queue < queues + queue_count; queue++) {
        if (queue->copies == 0) continue;
        put_word(out, queue->name, strlen(queue->name));
        put_word(out, text, (size_t)snprintf(text, sizeof text, "%ld", queue->copies));
        put(out, queue->words, queue->bytes);
    }
    send_some(&lane);
}

static void swapped(const struct reply *reply) {
    const char *text;
    long length;
    const char *at = next_element(reply->text, &text, &length);
    phase = resting;
    more = true;
    if (memcmp(text, "OK", 2) != 0) return;
    driven++;
    next_element(at, &text, &length);
    more = strtol(text, NULL, 10) > 0;
}

void await_doorbell(struct pollfd ready[doorbell_count]) {
    ready[0] = await(&bell);
    ready[1] = await(&lane);
}

void read_doorbell(const struct pollfd ready[doorbell_count]) {
    struct reply reply;
    if (ready[0].revents & POLLOUT) send_some(&bell);
    if (ready[1].revents & POLLOUT) send_some(&lane);
    if (ready[0].revents & ~POLLOUT) receive_some(&bell);
    while (next_reply(&bell, &reply)) {
        if (reply.type == '-') fail("Redis: %.*s", (int)(reply.end - reply.text), reply.text);
        if (reply.type != ':') rang(&reply);
    }
    if (ready[1].revents & ~POLLOUT) receive_some(&lane);
    while (next_reply(&lane, &reply)) {
        if (reply.type == '-') fail("Redis: %.*s", (int)(reply.end - reply.text), reply.text);
        swapped(&reply);
    }
}
