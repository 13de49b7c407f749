// The quickest that an idle rider could be: it waits as the Swift rider does, by a read whose change Redis announces, then claims
// and reads. Prints how long jobs took from their RPUSH until they were read, without the first SKIP.
//
//   rider-peek ADDRESS SCRIPTS QUEUES JOBS SKIP
#define _GNU_SOURCE
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "latencies.h"
#include "rider.h"
#include "workload.h"

static struct connection work, control, feed;
static enum { awake, dozing, asleep } state;
static bool disturbed, is_claiming, is_empty;
static int queue_count;
static long claimed, settled, done, *latencies;
static struct reserved reserved;
static char due[4096];
static unsigned first_due, after_due;
static int replies_of_doze;
static bool has_jobs;

static void expect(char kind) { due[after_due++ % sizeof due] = kind; }

static void doze(void) {
    char names[2048] = "";
    for (int i = 0, used = 0; i < queue_count; i++) {
        used += snprintf(names + used, sizeof names - (size_t)used, " " DESTINATION, i);
    }
    state = dozing;
    disturbed = false;
    replies_of_doze = 0;
    put_command(&control.out, "CLIENT CACHING YES");
    put_command(&control.out, "EXISTS%s", names);
    put_command(&control.out, "CLIENT CACHING YES");
    put_command(&control.out, "GET resque:pause-all-workers");
    send_some(&control);
}

static void dozed(const struct reply *reply) {
    if (++replies_of_doze == 2) has_jobs = reply->number > 0;
    if (replies_of_doze == 4) state = has_jobs || disturbed ? awake : asleep;
}

static void note_latencies(const struct reply *jobs) {
    static const char name[] = "\\\"stamp\\\":";
    const char *text, *at = jobs->text;
    long length, now = now_ns();
    for (long i = 0; i < jobs->number; i++) {
        at = next_element(at, &text, &length);
        const char *stamp = memmem(text, (size_t)length, name, sizeof name - 1);
        if (!stamp) fail("a job without its stamp");
        latencies[done++] = now - strtol(stamp + sizeof name - 1, NULL, 10);
    }
}

static void answered(const struct reply *reply) {
    switch (due[first_due++ % sizeof due]) {
    case 'C':
        is_empty = !read_claim(reply, &reserved);
        break;
    case 'L':
        is_claiming = false;
        if (is_empty) {
            doze();
            break;
        }
        note_latencies(reply);
        reserved.sequence = ++claimed;
        reserved.jobs = reply->number;
        put_settlement(&work.out, ++settled, &reserved);
        expect('S');
        count_jobs(reserved.jobs);
        if (reserved.left == 0 && queue_count == 1) doze();
        break;
    default: read_settlement(reply);
    }
}

static void advance(void) {
    if (state == awake && !is_claiming) {
        is_claiming = true;
        put_claim(&work.out, claimed + 1, slots);
        expect('C');
        expect('L');
    }
    send_some(&work);
}

static void announced(void) {
    disturbed = true;
    if (state == asleep) state = awake;
}

static void listen_to_changes(const char *address) {
    connect_to(&feed, address);
    put_command(&feed.out, "CLIENT ID");
    long feed_id = ask(&feed).number;
    put_command(&feed.out, "SUBSCRIBE __redis__:invalidate");
    ask(&feed);
    connect_to(&control, address);
    put_command(&control.out, "CLIENT TRACKING ON REDIRECT %ld OPTIN", feed_id);
    ask(&control);
}

int main(int count, char **words) {
    if (count != 6) fail("usage: rider-peek ADDRESS SCRIPTS QUEUES JOBS SKIP");
    queue_count = atoi(words[3]);
    long jobs = atol(words[4]), skipped = atol(words[5]);
    latencies = calloc((size_t)(jobs + slots), sizeof *latencies);
    open_rider(words[1], words[2], queue_count);
    listen_to_changes(words[1]);
    connect_to(&work, words[1]);
    advance();
    while (done < jobs || first_due != after_due) {
        struct connection *connections[] = {&work, &control, &feed};
        struct pollfd ready[3];
        struct reply reply;
        for (int i = 0; i < 3; i++) ready[i] = await(connections[i]);
        poll(ready, 3, -1);
        for (int i = 0; i < 3; i++) {
            if (ready[i].revents & ~POLLOUT) receive_some(connections[i]);
            while (next_reply(connections[i], &reply)) {
                if (reply.type == '-') fail("Redis: %.*s", (int)(reply.end - reply.text), reply.text);
                if (i == 0) answered(&reply);
                else if (i == 1) dozed(&reply);
                else announced();
            }
        }
        if (done < jobs) advance();
        else send_some(&work);
    }
    close_rider();
    print_latencies(latencies + skipped, done - skipped);
    return 0;
}
