#include "rider.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "latencies.h"
#include "workload.h"

#define WORKER "ceiling+c:1-%d:*"

static struct connection control;
static char claim_digest[41], settle_digest[41];
static int queue_count;
static struct buffer counters;  // most_jobs arguments of the same length
static long counts[slots], slot, shown;

static void make_counters(void) {
    for (int i = 0; i < most_jobs; i++) {
        char key[128];
        int length = snprintf(key, sizeof key, "resque:resque-retry:QueueBus::Worker:%040x", i);
        put_word(&counters, key, (size_t)length);
    }
}

void open_rider(const char *address, const char *folder, int count) {
    queue_count = count;
    make_counters();
    connect_to(&control, address);
    load_script(&control, folder, "claim_jobs.lua", claim_digest, NULL);
    load_script(&control, folder, "settle_jobs.lua", settle_digest, NULL);
    put_command(&control.out, "HSET " RIDER_RECORD " claimed 0 settled 0");
    ask(&control);
    for (int i = 0; i < slots; i++) {
        put_command(&control.out, "SADD resque:workers " WORKER, i + 1);
        ask(&control);
    }
    shown = now_ns();
}

void close_rider(void) {
    put_command(&control.out, "DEL " RIDER_RECORD " resque:workers");
    ask(&control);
}

void count_jobs(long jobs) {
    struct reply reply;
    for (; jobs > 0; jobs--) counts[slot++ % slots]++;
    if (now_ns() - shown < 200000000) return;
    shown = now_ns();
    for (int i = 0; i < slots; i++) {
        if (counts[i] > 0) put_command(&control.out, "INCRBY resque:stat:processed:" WORKER " %ld", i + 1, counts[i]);
        counts[i] = 0;
    }
    send_some(&control);
    receive_some(&control);
    while (next_reply(&control, &reply)) continue;
}

static void put_text(struct buffer *out, const char *text) { put_word(out, text, strlen(text)); }

static void put_number(struct buffer *out, long number) {
    char text[32];
    put_word(out, text, (size_t)snprintf(text, sizeof text, "%ld", number));
}

static void put_reserved(struct buffer *out, long sequence) {
    char key[128];
    put_word(out, key, (size_t)snprintf(key, sizeof key, RESERVED "%ld", sequence));
}

void put_claim(struct buffer *out, long sequence, long most) {
    char name[64];
    put_words(out, 3 + 4 + queue_count + 6 + queue_count);
    put_text(out, "EVALSHA");
    put_word(out, claim_digest, 40);
    put_number(out, 4 + queue_count);
    put_text(out, RIDER_RECORD);
    put_reserved(out, sequence);
    put_text(out, "resque:pause-all-workers");
    put_text(out, "resque:busdriver:suspect:jobs");
    for (int i = 0; i < queue_count; i++) {
        put_word(out, name, (size_t)snprintf(name, sizeof name, DESTINATION, i));
    }
    put_number(out, sequence);
    put_number(out, most);
    put_text(out, "sort");
    put_number(out, 1 << 20);
    put_number(out, 48 << 20);
    put_text(out, "0");
    for (int i = 0; i < queue_count; i++) {
        put_word(out, name, (size_t)snprintf(name, sizeof name, DESTINATION_NAME, i));
    }
    put_words(out, 4);
    put_text(out, "LRANGE");
    put_reserved(out, sequence);
    put_text(out, "0");
    put_text(out, "-1");
}

bool read_claim(const struct reply *reply, struct reserved *reserved) {
    const char *text;
    long length;
    const char *at = next_element(reply->text, &text, &length);
    if (memcmp(text, "EMPTY", 5) == 0) return false;
    if (memcmp(text, "OK", 2) != 0) fail("claim: %.*s", (int)length, text);
    at = next_element(at, &text, &length);
    snprintf(reserved->name, sizeof reserved->name, "%.*s", (int)length, text);
    next_element(at, &text, &length);
    reserved->left = strtol(text, NULL, 10);
    return true;
}

void put_settlement(struct buffer *out, long number, const struct reserved *reserved) {
    char key[128];
    put_words(out, 3 + 7 + reserved->jobs + 12);
    put_text(out, "EVALSHA");
    put_word(out, settle_digest, 40);
    put_number(out, 7 + reserved->jobs);
    put_text(out, RIDER_RECORD);
    put_text(out, "resque:busdriver:suspect:jobs");
    put_text(out, "resque:stat:processed");
    put_text(out, "resque:stat:failed");
    put_text(out, "resque:queues");
    put_reserved(out, reserved->sequence);
    put_word(out, key, (size_t)snprintf(key, sizeof key, "resque:queue:%s", reserved->name));
    put(out, counters.bytes, counters.used / most_jobs * (size_t)reserved->jobs);
    put_number(out, number);
    put_number(out, reserved->jobs);
    put_text(out, "0");
    put_text(out, "busdriver:gone:" RIDER);
    put_text(out, "1");
    put_number(out, reserved->jobs);
    put_text(out, "0");
    put_number(out, reserved->sequence);
    put_text(out, reserved->name);
    put_number(out, reserved->jobs);
    put_text(out, "all");
    put_text(out, "0");
}

void read_settlement(const struct reply *reply) {
    const char *text;
    long length;
    next_element(reply->text, &text, &length);
    if (memcmp(text, "DONE", 4) != 0) fail("settlement: %.*s", (int)length, text);
}
