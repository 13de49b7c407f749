// The most that a driver could do: every Redis command of protocol.md §2.2, in its order, with ready-made bytes.
// Two connections alternate; one claim and one EXEC are unanswered at most. Drives what is there, then ends.
//
//   ceiling ADDRESS SCRIPTS MATCHES [BATCH]
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "driver.h"
#include "workload.h"

enum phase { idle, claiming, holding, committing };

// What each reply on a lane is, in order.
enum { passed = '.', answer_of_claim = 'C', events_of_claim = 'L', answer_of_exec = 'X' };

struct lane {
    struct connection redis;
    char due[256];
    unsigned char first_due, after_due;
    enum phase phase;
    long sequence, next, events, barrier;
};

static struct lane lanes[2];
static struct scripts scripts;
static struct buffer jobs;  // ready-made arguments of RPUSH
static long matches, batch = 256;
static long low = 1, barriers, returned, driven, spread;
static bool more = true;

static void expect(struct lane *lane, char kind) { lane->due[lane->after_due++] = kind; }

static void flush(struct lane *lane) { send_some(&lane->redis); }

// MARK: What is sent

static void send_claim(struct lane *lane, long sequence, long known, bool follows_exec) {
    struct buffer *out = &lane->redis.out;
    if (!follows_exec) {
        put_command(out, "UNWATCH");
        expect(lane, passed);
    }
    put_command(out, "EVALSHA %s 5 " RECORD " " INCOMING " " IN_FLIGHT "%ld " IN_FLIGHT "%ld " SUSPECTS " %ld %ld sort %d %d",
                scripts.claim, sequence, known - 1, sequence, batch, 1 << 20, 48 << 20);
    expect(lane, answer_of_claim);
    put_command(out, "WATCH " IN_FLIGHT "%ld", sequence);
    expect(lane, passed);
    put_command(out, "LRANGE " IN_FLIGHT "%ld 0 -1", sequence);
    expect(lane, events_of_claim);
    put_command(out, "PUBLISH " BARRIER " %ld", ++barriers);
    expect(lane, passed);
    lane->barrier = barriers;
}

// Encodes the commit of the batch in hand while the other lane's EXEC runs.
static void encode_commit(struct lane *lane) {
    struct buffer *out = &lane->redis.out;
    long copies[destinations] = {0};
    for (long left = lane->events * matches; left > 0; left--) copies[spread++ % destinations]++;

    put_command(out, "MULTI");
    expect(lane, passed);
    char name[64], key[64];
    int used = 0;
    for (int app = 0; app < destinations; app++) {
        if (copies[app] == 0) continue;
        used++;
        put_words(out, 2 + copies[app]);
        put_word(out, "RPUSH", 5);
        put_word(out, key, (size_t)snprintf(key, sizeof key, DESTINATION, app));
        put(out, jobs.bytes, jobs.used / (size_t)batch * (size_t)copies[app]);
        expect(lane, passed);
    }
    if (used > 0) {
        put_words(out, 2 + used);
        put_word(out, "SADD", 4);
        put_word(out, "resque:queues", 13);
        for (int app = 0; app < destinations; app++) {
            if (copies[app] == 0) continue;
            put_word(out, name, (size_t)snprintf(name, sizeof name, DESTINATION_NAME, app));
        }
        expect(lane, passed);
    }
    put_command(out, "INCRBY " PROCESSED " %ld", lane->events);
    expect(lane, passed);
    put_command(out, "INCRBY " PROCESSED_BY_US " %ld", lane->events);
    expect(lane, passed);
    put_words(out, 6 + used);
    put_word(out, "EVAL", 4);
    put_word(out, scripts.fin_text, strlen(scripts.fin_text));
    put_word(out, name, (size_t)snprintf(name, sizeof name, "%d", 3 + used));
    put_word(out, key, (size_t)snprintf(key, sizeof key, IN_FLIGHT "%ld", lane->sequence));
    put_word(out, key, (size_t)snprintf(key, sizeof key, FIX ":" DRIVER ":%ld", lane->sequence));
    put_word(out, FIX, sizeof FIX - 1);
    for (int app = 0; app < destinations; app++) {
        if (copies[app] > 0) put_word(out, key, (size_t)snprintf(key, sizeof key, DESTINATION, app));
    }
    expect(lane, passed);
    put_command(out, "EXEC");
    expect(lane, answer_of_exec);
}

// MARK: What is done next

static void commit_if_due(void) {
    for (int i = 0; i < 2; i++) {
        struct lane *lane = &lanes[i], *other = &lanes[1 - i];
        if (lane->phase != holding || lane->sequence != low || lane->barrier > returned) continue;
        if (other->phase == committing) return;
        lane->phase = committing;
        lane->next = 0;
        if (more && other->phase != claiming) {
            lane->next = other->phase == holding ? low + 2 : low + 1;
            send_claim(lane, lane->next, low + 1, true);
        }
        flush(lane);
        return;
    }
}

static bool is_claiming(const struct lane *lane) {
    return lane->phase == claiming || (lane->phase == committing && lane->next);
}

static void claim_if_due(void) {
    if (!more || is_claiming(&lanes[0]) || is_claiming(&lanes[1])) return;
    for (int i = 0; i < 2; i++) {
        struct lane *lane = &lanes[i], *other = &lanes[1 - i];
        if (lane->phase != idle) continue;
        lane->phase = claiming;
        lane->sequence = low + (other->phase != idle);
        send_claim(lane, lane->sequence, low, false);
        flush(lane);
        return;
    }
}

// MARK: What is answered

static void claimed(struct lane *lane, long events) {
    more = events == batch;
    lane->events = events;
    lane->phase = events > 0 ? holding : idle;
    if (events > 0) encode_commit(lane);
}

static void committed(struct lane *lane) {
    driven += lane->events;
    low = lane->sequence + 1;
    lane->phase = lane->next ? claiming : idle;
    if (lane->next) lane->sequence = lane->next;
}

static void read_lane(struct lane *lane) {
    struct reply reply;
    receive_some(&lane->redis);
    while (next_reply(&lane->redis, &reply)) {
        if (reply.type == '-') fail("Redis: %.*s", (int)(reply.end - reply.text), reply.text);
        switch (lane->due[lane->first_due++]) {
        case answer_of_claim: {
            const char *text;
            long length;
            next_element(reply.text, &text, &length);
            if (memcmp(text, "OK", 2) != 0 && memcmp(text, "EMPTY", 5) != 0) fail("claim: %.*s", (int)length, text);
            break;
        }
        case events_of_claim: claimed(lane, reply.number); break;
        case answer_of_exec:
            if (reply.type != '*' || reply.number < 0) fail("a commit was refused");
            committed(lane);
            break;
        default: break;
        }
    }
}

static void read_feed(struct connection *feed) {
    struct reply message;
    receive_some(feed);
    while (next_reply(feed, &message)) {
        long barrier = barrier_in(&message);
        if (barrier > returned) returned = barrier;
    }
}

static void make_jobs(void) {
    char job[job_bytes];
    memset(job, 'x', sizeof job);
    memcpy(job, ENVELOPE, sizeof ENVELOPE - 1);
    memcpy(job + job_bytes - 4, "}\"]}", 4);
    // A destination gets at most this many copies of one batch: the copies rotate over all of them.
    for (long i = 0; i < batch; i++) put_word(&jobs, job, sizeof job);
}

int main(int count, char **words) {
    if (count < 4) fail("usage: ceiling ADDRESS SCRIPTS MATCHES [BATCH]");
    matches = atol(words[3]);
    if (count > 4) batch = atol(words[4]);
    make_jobs();

    struct connection control, feed;
    open_driver(&control, &feed, words[1], words[2], &scripts);
    connect_to(&lanes[0].redis, words[1]);
    connect_to(&lanes[1].redis, words[1]);

    claim_if_due();
    while (lanes[0].phase != idle || lanes[1].phase != idle) {
        struct pollfd ready[3] = {{.fd = feed.descriptor, .events = POLLIN}};
        for (int i = 0; i < 2; i++) {
            struct connection *redis = &lanes[i].redis;
            bool unsent = lanes[i].phase != holding && redis->out.used > redis->sent;
            ready[1 + i] = (struct pollfd){.fd = redis->descriptor, .events = unsent ? POLLIN | POLLOUT : POLLIN};
        }
        poll(ready, 3, -1);
        for (int i = 0; i < 2; i++) {
            if (ready[1 + i].revents & POLLOUT) flush(&lanes[i]);
            if (ready[1 + i].revents & POLLIN) read_lane(&lanes[i]);
        }
        if (ready[0].revents) read_feed(&feed);
        commit_if_due();
        claim_if_due();
    }
    close_driver(&control);
    printf("driven=%ld\n", driven);
    return 0;
}
