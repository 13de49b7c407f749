#include "lanes.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "workload.h"

enum phase { idle, claiming, holding, committing };

// What each reply on a lane is, in order.
enum { passed = '.', answer_of_claim = 'C', events_of_claim = 'L', answer_of_exec = 'X' };

struct lane {
    struct connection redis;
    char due[UINT16_MAX + 1];
    uint16_t first_due, after_due;
    enum phase phase;
    long sequence, next, events, barrier;
};

long batch = 256;

static struct lane lanes[lane_count];
static write_copies *write_batch;

void open_lanes(const char *address, write_copies *writer) {
    write_batch = writer;
    for (int i = 0; i < lane_count; i++) connect_to(&lanes[i].redis, address);
}

bool lanes_are_idle(void) { return lanes[0].phase == idle && lanes[1].phase == idle; }

static void expect(struct lane *lane, char kind) { lane->due[lane->after_due++] = kind; }

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
    put_command(out, "MULTI");
    expect(lane, passed);
    char text[128];
    int used = 0;
    for (struct queue *queue = queues; queue < queues + queue_count; queue++) {
        if (queue->copies == 0) continue;
        used++;
        put_words(out, 2 + queue->copies);
        put_word(out, "RPUSH", 5);
        put_word(out, queue->key, strlen(queue->key));
        put(out, queue->words, queue->bytes);
        expect(lane, passed);
    }
    if (used > 0) {
        put_words(out, 2 + used);
        put_word(out, "SADD", 4);
        put_word(out, QUEUES, sizeof QUEUES - 1);
        for (struct queue *queue = queues; queue < queues + queue_count; queue++) {
            if (queue->copies > 0) put_word(out, queue->name, strlen(queue->name));
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
    put_word(out, "3", 1);
    put_word(out, text, (size_t)snprintf(text, sizeof text, IN_FLIGHT "%ld", lane->sequence));
    put_word(out, text, (size_t)snprintf(text, sizeof text, FIX ":" DRIVER ":%ld", lane->sequence));
    put_word(out, FIX, sizeof FIX - 1);
    for (struct queue *queue = queues; queue < queues + queue_count; queue++) {
        if (queue->copies > 0) put_word(out, queue->key, strlen(queue->key));
    }
    expect(lane, passed);
    put_command(out, "DEL " IN_FLIGHT "%ld", lane->sequence);
    expect(lane, passed);
    put_command(out, "EXEC");
    expect(lane, answer_of_exec);
}

// MARK: What is done next

static void commit_if_due(void) {
    for (int i = 0; i < lane_count; i++) {
        struct lane *lane = &lanes[i], *other = &lanes[1 - i];
        if (lane->phase != holding || lane->sequence != low || lane->barrier > returned) continue;
        if (other->phase == committing) return;
        lane->phase = committing;
        lane->next = 0;
        if (more && other->phase != claiming) {
            lane->next = other->phase == holding ? low + 2 : low + 1;
            send_claim(lane, lane->next, low + 1, true);
        }
        send_some(&lane->redis);
        return;
    }
}

static bool is_claiming(const struct lane *lane) {
    return lane->phase == claiming || (lane->phase == committing && lane->next);
}

static void claim_if_due(void) {
    if (!more || is_claiming(&lanes[0]) || is_claiming(&lanes[1])) return;
    for (int i = 0; i < lane_count; i++) {
        struct lane *lane = &lanes[i], *other = &lanes[1 - i];
        if (lane->phase != idle) continue;
        lane->phase = claiming;
        lane->sequence = low + (other->phase != idle);
        send_claim(lane, lane->sequence, low, false);
        send_some(&lane->redis);
        return;
    }
}

void advance_lanes(void) {
    commit_if_due();
    claim_if_due();
}

// MARK: What is answered

static void answered(const struct reply *reply) {
    const char *text;
    long length;
    const char *at = next_element(reply->text, &text, &length);
    more = memcmp(text, "OK", 2) == 0;
    if (!more && memcmp(text, "EMPTY", 5) != 0) fail("claim: %.*s", (int)length, text);
    if (!more) return;
    at = next_element(at, &text, &length);
    next_element(at, &text, &length);
    more = strtol(text, NULL, 10) > 0;
}

static void claimed(struct lane *lane, const struct reply *events) {
    lane->events = events->number;
    lane->phase = lane->events > 0 ? holding : idle;
    if (lane->events == 0) return;
    write_batch(lane->events, events->text);
    encode_commit(lane);
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
        case answer_of_claim: answered(&reply); break;
        case events_of_claim: claimed(lane, &reply); break;
        case answer_of_exec:
            if (reply.type != '*' || reply.number < 0) fail("a commit was refused");
            committed(lane);
            break;
        default: break;
        }
    }
}

// A commit that is encoded waits in its lane's buffer until it is its turn.
void await_lanes(struct pollfd ready[lane_count]) {
    for (int i = 0; i < lane_count; i++) {
        ready[i] = await(&lanes[i].redis);
        if (lanes[i].phase == holding) ready[i].events = POLLIN;
    }
}

void read_lanes(const struct pollfd ready[lane_count]) {
    for (int i = 0; i < lane_count; i++) {
        if (ready[i].revents & POLLOUT) send_some(&lanes[i].redis);
        if (ready[i].revents & ~POLLOUT) read_lane(&lanes[i]);
    }
}
