// The most that a rider could do from a backlog: every Redis command of one, with ready-made bytes, and no job is looked at.
// Works until so many jobs are done.
//
//   rider-ceiling ADDRESS SCRIPTS QUEUES JOBS [BATCH]
//
// Two claims are under way at any time, each batch is settled as a whole as soon as it has come, and Redis never waits.
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

#include "rider.h"

enum { under_way = 2 };

static struct connection redis;
static long batch = most_jobs, claimed, settled, done;
// What each reply is, in order.
static char due[4096];
static unsigned first_due, after_due;
static struct reserved reserved;
static bool is_empty;

static void expect(char kind) { due[after_due++ % sizeof due] = kind; }

static void claim(void) {
    put_claim(&redis.out, claimed + 1, batch);
    claimed++;
    expect('C');
    expect('L');
}

static void answered(const struct reply *reply) {
    switch (due[first_due++ % sizeof due]) {
    case 'C':
        // What follows an empty claim was sent under a number that is too high.
        if (!is_empty) is_empty = !read_claim(reply, &reserved);
        break;
    case 'L':
        if (is_empty) return;
        reserved.sequence++;
        reserved.jobs = reply->number;
        put_settlement(&redis.out, ++settled, &reserved);
        expect('S');
        claim();
        count_jobs(reserved.jobs);
        done += reserved.jobs;
        break;
    default: read_settlement(reply);
    }
}

int main(int count, char **words) {
    if (count < 5) fail("usage: rider-ceiling ADDRESS SCRIPTS QUEUES JOBS [BATCH]");
    long jobs = atol(words[4]);
    if (count > 5) batch = atol(words[5]);
    if (batch < 1 || batch > most_jobs) fail("a batch has 1 to %d jobs", most_jobs);
    open_rider(words[1], words[2], atoi(words[3]));
    connect_to(&redis, words[1]);
    for (int i = 0; i < under_way; i++) claim();
    send_some(&redis);
    while (first_due != after_due) {
        struct reply reply;
        struct pollfd ready = await(&redis);
        poll(&ready, 1, -1);
        if (ready.revents & ~POLLOUT) receive_some(&redis);
        while (next_reply(&redis, &reply)) {
            if (reply.type == '-') fail("Redis: %.*s", (int)(reply.end - reply.text), reply.text);
            answered(&reply);
        }
        send_some(&redis);
    }
    close_rider();
    if (done != jobs) fail("%ld jobs instead of %ld", done, jobs);
    return 0;
}
