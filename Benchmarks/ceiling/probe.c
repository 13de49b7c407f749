// Publishes at a steady rate as Ruby does and pops the copies as a rider would; prints how long they took.
//
//   probe ADDRESS EVENTS PER_SECOND
//
// One event is sent ahead and waited for, so that the driver is up; the first tenth is not counted.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "latencies.h"
#include "resp.h"
#include "workload.h"

static const char *address;
static long events, per_second;

// QueueBus.publish: one pipeline of SADD and RPUSH. All events are of one type, for the first application.
static void publish(struct connection *redis, long number) {
    char event[event_bytes + 1];
    put_command(&redis->out, "SADD resque:queues bus_incoming");
    make_event(event, 1, number * 200, now_ns(), "");
    put_words(&redis->out, 3);
    put_word(&redis->out, "RPUSH", 5);
    put_word(&redis->out, INCOMING, sizeof INCOMING - 1);
    put_word(&redis->out, event, event_bytes);
    ask(redis);
    await_reply(redis);
}

static void *publish_all(void *unused) {
    (void)unused;
    struct connection redis;
    connect_to(&redis, address);
    long start = now_ns(), period = 1000000000L / per_second;
    for (long number = 0; number < events; number++) {
        long due = start + number * period;
        struct timespec when = {.tv_sec = due / 1000000000L, .tv_nsec = due % 1000000000L};
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &when, NULL);
        publish(&redis, number);
    }
    return NULL;
}

// Nanoseconds from an event's publication to now.
static long pop(struct connection *redis) {
    static const char stamp[] = "\\\"stamp\\\":";
    char job[4096] = "";
    put_command(&redis->out, "BLPOP " DESTINATION " 20", 0);
    struct reply reply = ask(redis);
    long now = now_ns(), length;
    if (reply.number != 2) fail("no copy arrived within 20 s");
    const char *text, *at = next_element(reply.text, &text, &length);
    next_element(at, &text, &length);
    if ((size_t)length >= sizeof job) fail("a copy of %ld bytes", length);
    memcpy(job, text, (size_t)length);
    char *value = strstr(job, stamp);
    if (!value) fail("a copy without its stamp");
    return now - strtol(value + sizeof stamp - 1, NULL, 10);
}

int main(int count, char **words) {
    if (count != 4) fail("usage: probe ADDRESS EVENTS PER_SECOND");
    address = words[1];
    events = atol(words[2]);
    per_second = atol(words[3]);
    struct connection redis;
    connect_to(&redis, address);
    publish(&redis, 0);
    pop(&redis);

    pthread_t publisher;
    pthread_create(&publisher, NULL, publish_all, NULL);
    long *taken = calloc((size_t)events, sizeof *taken);
    for (long i = 0; i < events; i++) taken[i] = pop(&redis);
    pthread_join(publisher, NULL);
    put_command(&redis.out, "LLEN " DESTINATION, 0);
    if (ask(&redis).number != 0) fail("there are more copies than events");

    print_latencies(taken + events / 10, events - events / 10);
    return 0;
}
