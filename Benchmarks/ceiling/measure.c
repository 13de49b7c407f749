// Runs a driver as a child and times it from outside, by the counter that its commits move:
//
//   measure ADDRESS EVENTS COMMAND …
//
// or a scheduler, which does not end by itself, by the lengths of the queues PREFIX0, PREFIX1 and so on, QUEUES in all:
//
//   measure ADDRESS --queues PREFIX QUEUES EVENTS COMMAND …
//
// Prints events/s between the first and the last commit seen, the CPU time per event of the driver (all its threads) and
// of Redis in that time, and the driver's memory: the peak, and at the first and last commit seen. Start-up and shutdown do not count; both sides are asked 500 times a
// second, which costs Redis about 1 %.
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "driver.h"

struct sample {
    double time, driver, redis;
    long events, memory_kb;
};

static struct connection redis;
static clockid_t driver_clock, redis_clock;
static char statm[64];

static double seconds_on(clockid_t clock) {
    struct timespec spent;
    if (clock_gettime(clock, &spent) != 0) return 0;
    return (double)spent.tv_sec + (double)spent.tv_nsec / 1e9;
}

static const char *queue_prefix;
static int pushed_queues;

static long pushed(void) {
    long sum = 0;
    for (int queue = 0; queue < pushed_queues; queue++) {
        put_command(&redis.out, "LLEN %s%d", queue_prefix, queue);
        sum += ask(&redis).number;
    }
    return sum;
}

static long processed(void) {
    if (queue_prefix) return pushed();
    put_command(&redis.out, "GET " PROCESSED);
    struct reply reply = ask(&redis);
    return reply.number < 0 ? 0 : strtol(reply.text, NULL, 10);
}

// What the driver had when it was last seen alive: it ends by itself.
static long memory_kb(void) {
    static long last_kb;
    long pages;
    FILE *file = fopen(statm, "r");
    if (!file) return last_kb;
    if (fscanf(file, "%*s %ld", &pages) == 1 && pages > 0) last_kb = pages * sysconf(_SC_PAGESIZE) / 1024;
    fclose(file);
    return last_kb;
}

static struct sample sample(void) {
    struct sample sample = {.events = processed()};
    sample.time = now_seconds();
    sample.driver = seconds_on(driver_clock);
    sample.redis = seconds_on(redis_clock);
    sample.memory_kb = memory_kb();
    return sample;
}

static clockid_t clock_of_redis(void) {
    put_command(&redis.out, "INFO server");
    struct reply reply = ask(&redis);
    const char *line = memmem(reply.text, (size_t)reply.number, "process_id:", 11);
    clockid_t clock;
    if (!line || clock_getcpuclockid(atoi(line + 11), &clock) != 0) fail("the Redis to measure must run on this machine");
    return clock;
}

int main(int count, char **words) {
    if (count < 4) fail("usage: measure ADDRESS EVENTS COMMAND …");
    long events = atol(words[2]);
    connect_to(&redis, words[1]);
    if (count > 6 && strcmp(words[2], "--queues") == 0) {
        queue_prefix = words[3];
        pushed_queues = atoi(words[4]);
        events = atol(words[5]);
        words += 3;
    }
    redis_clock = clock_of_redis();
    if (processed() != 0) fail("%s is not 0 at the start", queue_prefix ? queue_prefix : PROCESSED);

    pid_t child = fork();
    if (child == 0) {
        if (!freopen("/dev/null", "w", stdout)) _exit(127);
        execvp(words[3], words + 3);
        perror(words[3]);
        _exit(127);
    }
    if (child < 0 || clock_getcpuclockid(child, &driver_clock) != 0) fail("cannot start %s", words[3]);
    snprintf(statm, sizeof statm, "/proc/%d/statm", child);

    struct sample first = {0}, last = {0};
    int status = 0;
    struct rusage usage;
    bool ended = false;
    double deadline = now_seconds() + 120;
    while (last.events < events) {
        nanosleep(&(struct timespec){.tv_nsec = 2000000}, NULL);
        last = sample();
        if (first.events == 0) first = last;
        if (last.events >= events) break;
        if (ended) fail("%s ended after %ld of %ld events", words[3], last.events, events);
        if (now_seconds() > deadline) fail("%s drove only %ld of %ld events in 120 s", words[3], last.events, events);
        ended = wait4(child, &status, WNOHANG, &usage) == child;
    }
    if (queue_prefix) kill(child, SIGTERM);
    if (!ended) wait4(child, &status, 0, &usage);
    if (status != 0) fail("%s ended with status %d", words[3], WEXITSTATUS(status));

    double measured = (double)(last.events - first.events), seconds = last.time - first.time;
    printf("rate=%.0f driver_ns=%.0f redis_ns=%.0f memory_kb=%ld first_kb=%ld last_kb=%ld\n", measured / seconds,
           (last.driver - first.driver) / measured * 1e9, (last.redis - first.redis) / measured * 1e9, usage.ru_maxrss,
           first.memory_kb, last.memory_kb);
    return 0;
}
