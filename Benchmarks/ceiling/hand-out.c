// Hands jobs to riders, and checks what they left behind.
//
//   hand-out ADDRESS backlog QUEUES JOBS              fills the queues
//   hand-out ADDRESS steady QUEUES JOBS PER_SECOND    pushes at a steady rate, each job with its time as `stamp`
//   hand-out ADDRESS verify QUEUES JOBS               expects that these jobs are done, and nothing else is left
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "latencies.h"
#include "resp.h"
#include "workload.h"

static struct connection redis;
static int queue_count;

static void begin_push(int queue, long jobs) {
    char key[64];
    put_words(&redis.out, 2 + jobs);
    put_word(&redis.out, "RPUSH", 5);
    put_word(&redis.out, key, (size_t)snprintf(key, sizeof key, DESTINATION, queue));
}

static void put_job_of(int queue, long number, long stamp) {
    char job[driven_bytes + 1];
    make_job(job, queue, number, stamp);
    put_word(&redis.out, job, driven_bytes);
}

static void fill(long jobs) {
    enum { chunk = 500 };
    for (long number = 0, turn = 0; number < jobs; turn++) {
        long count = jobs - number < chunk ? jobs - number : chunk;
        int queue = (int)(turn % queue_count);
        begin_push(queue, count);
        for (long end = number + count; number < end; number++) put_job_of(queue, number, 0);
        ask(&redis);
    }
}

static void push_steadily(long jobs, long per_second) {
    long start = now_ns(), period = 1000000000L / per_second;
    for (long number = 0; number < jobs; number++) {
        long due = start + number * period;
        int queue = (int)(number % queue_count);
        struct timespec when = {.tv_sec = due / 1000000000L, .tv_nsec = due % 1000000000L};
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &when, NULL);
        begin_push(queue, 1);
        put_job_of(queue, number, now_ns());
        ask(&redis);
    }
}

static void verify(long jobs) {
    put_command(&redis.out, "GET resque:stat:processed");
    struct reply reply = ask(&redis);
    long processed = reply.number < 0 ? 0 : strtol(reply.text, NULL, 10);
    if (processed != jobs) fail("%ld jobs are counted instead of %ld", processed, jobs);
    static const char *const leftovers[] = {"resque:queue:*", "resque:busdriver:reserved:*", "resque:failed", "resque:stat:failed"};
    for (size_t i = 0; i < sizeof leftovers / sizeof *leftovers; i++) {
        put_command(&redis.out, "KEYS %s", leftovers[i]);
        if (ask(&redis).number != 0) fail("%s is left over", leftovers[i]);
    }
}

int main(int count, char **words) {
    static const char usage[] = "usage: hand-out ADDRESS backlog|steady|verify QUEUES JOBS [PER_SECOND]";
    if (count < 5) fail("%s", usage);
    connect_to(&redis, words[1]);
    queue_count = atoi(words[3]);
    long jobs = atol(words[4]);
    if (queue_count < 1 || queue_count > destinations) fail("there may be 1 to %d queues", destinations);
    if (strcmp(words[2], "backlog") == 0) {
        fill(jobs);
    } else if (strcmp(words[2], "steady") == 0 && count == 6) {
        push_steadily(jobs, atol(words[5]));
    } else if (strcmp(words[2], "verify") == 0) {
        verify(jobs);
    } else {
        fail("%s", usage);
    }
    return 0;
}
