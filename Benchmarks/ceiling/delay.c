// Adds delayed jobs as resque-scheduler's clients do, and checks what a scheduler made of them.
//
//   delay ADDRESS fill JOBS TIMES FIRST [SCHEDULE]   so many jobs, spread over the seconds from FIRST on; their times go to
//                                                    SCHEDULE instead of delayed_queue_schedule
//   delay ADDRESS verify JOBS                        expects that these jobs are on their queues, and nothing else is left
//   delay ADDRESS await JOBS                         takes so many jobs from their queues as they come, and prints how long
//                                                    after the beginning of its second each came; too early fails
//
// With `fill` the jobs of one second go to their list in one command: only what Redis holds afterwards is as with Ruby.
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "latencies.h"
#include "resp.h"

enum { queues = 4, job_room = 512, chunk = 1000 };

#define QUEUE "promoted_%d"

static struct connection redis;
static long asked;

// Keeps the number of commands under way within bounds.
static void sent(void) {
    if (++asked % chunk != 0) return;
    ask(&redis);
    for (int i = 1; i < chunk; i++) await_reply(&redis);
}

static void await_rest(void) {
    if (asked % chunk == 0) return;
    ask(&redis);
    for (long i = 1; i < asked % chunk; i++) await_reply(&redis);
}

// A retry of a bus job, as it waits. Its number is never used again.
static int make_item(char item[job_room], long number, long due) {
    return snprintf(item, job_room,
                    "{\"class\":\"QueueBus::Worker\",\"args\":[\"{\\\"bus_event_type\\\":\\\"order_reminder\\\","
                    "\\\"bus_id\\\":\\\"1795240524-5b6ac0f3-2f9f-4c0c-a4b5-%017ld\\\",\\\"due\\\":%ld,"
                    "\\\"bus_class_proxy\\\":\\\"::QueueBus::Rider\\\"}\"],\"queue\":\"" QUEUE "\"}",
                    number, due, (int)(number % queues));
}

static void fill(long jobs, long times, long first, const char *schedule) {
    char list[64], item[job_room];
    long number = first * 10000000;
    for (long at = 0; at < times; at++) {
        long count = jobs / times + (at < jobs % times), begin = number;
        if (count == 0) break;
        size_t list_length = (size_t)snprintf(list, sizeof list, "delayed:%ld", first + at);
        put_words(&redis.out, 2 + count);
        put_word(&redis.out, "RPUSH", 5);
        put_joined_word(&redis.out, "resque:", 7, list, list_length);
        for (; number < begin + count; number++) put_word(&redis.out, item, (size_t)make_item(item, number, first + at));
        sent();
        for (number = begin; number < begin + count; number++) {
            put_words(&redis.out, 3);
            put_word(&redis.out, "SADD", 4);
            put_joined_word(&redis.out, "resque:timestamps:", 18, item, (size_t)make_item(item, number, first + at));
            put_word(&redis.out, list, list_length);
            sent();
        }
        put_command(&redis.out, "ZADD %s %ld %ld", schedule, first + at, first + at);
        sent();
    }
    await_rest();
}

static long length_of(int queue) {
    put_command(&redis.out, "LLEN resque:queue:" QUEUE, queue);
    return ask(&redis).number;
}

static void verify(long jobs) {
    long pushed = 0;
    for (int queue = 0; queue < queues; queue++) pushed += length_of(queue);
    if (pushed != jobs) fail("%ld jobs were pushed instead of %ld", pushed, jobs);
    put_command(&redis.out, "ZCARD resque:delayed_queue_schedule");
    if (ask(&redis).number != 0) fail("times are left in the schedule");
    static const char *const leftovers[] = {"resque:delayed:1*", "resque:timestamps:*", "resque:failed"};
    for (size_t i = 0; i < sizeof leftovers / sizeof *leftovers; i++) {
        put_command(&redis.out, "KEYS %s", leftovers[i]);
        if (ask(&redis).number != 0) fail("%s is left over", leftovers[i]);
    }
}

static long wall_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return now.tv_sec * 1000000000L + now.tv_nsec;
}

static void take(long jobs) {
    static const char due[] = "\\\"due\\\":";
    long *late = calloc((size_t)jobs, sizeof *late), taken = 0;
    while (taken < jobs) {
        put_command(&redis.out, "BLMPOP 30 4 resque:queue:promoted_0 resque:queue:promoted_1 resque:queue:promoted_2 "
                                "resque:queue:promoted_3 LEFT COUNT 1000");
        struct reply reply = ask(&redis);
        long now = wall_ns();
        if (reply.number != 2) fail("only %ld of %ld jobs came", taken, jobs);
        for (const char *at = reply.text; (at = memmem(at, (size_t)(reply.end - at), due, sizeof due - 1)); taken++) {
            if (taken == jobs) fail("there are more than %ld jobs", jobs);
            at += sizeof due - 1;
            late[taken] = now - strtol(at, NULL, 10) * 1000000000L;
            if (late[taken] < 0) fail("a job came %ld ns too early", -late[taken]);
        }
    }
    print_latencies(late, jobs);
}

int main(int count, char **words) {
    static const char usage[] = "usage: delay ADDRESS fill JOBS TIMES FIRST [SCHEDULE] | verify JOBS | await JOBS";
    if (count < 4) fail("%s", usage);
    connect_to(&redis, words[1]);
    long jobs = atol(words[3]);
    if (strcmp(words[2], "fill") == 0 && count >= 6) {
        fill(jobs, atol(words[4]), atol(words[5]), count > 6 ? words[6] : "resque:delayed_queue_schedule");
    } else if (strcmp(words[2], "verify") == 0) {
        verify(jobs);
    } else if (strcmp(words[2], "await") == 0) {
        take(jobs);
    } else {
        fail("%s", usage);
    }
    return 0;
}
