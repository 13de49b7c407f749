// Prepares and checks a benchmark:
//
//   workload ADDRESS subscribe
//   workload ADDRESS subscribe-patterns SHAPE COUNT
//   workload ADDRESS fill EVENTS MATCHES [SHAPE]
//   workload ADDRESS verify EVENTS MATCHES [SHAPE]
//
// With a SHAPE, each event has a text for the regular expressions of that shape.
#include "workload.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "patterns.h"
#include "resp.h"

#define PATTERNS_QUEUE "patterns_default"

enum { subscriptions = 10000, types = 200 };

static struct connection redis;

// One subscription as Ruby writes it; `extra` is a second filter or empty.
static void subscribe(int app, const char *key, const char *pattern, const char *extra) {
    char field[160], record[512], hash[64];
    snprintf(field, sizeof field, "%s", key);
    int length = snprintf(record, sizeof record,
                          "{\"queue_name\":\"" DESTINATION_NAME "\",\"key\":\"%s\",\"class\":\"::QueueBus::Rider\","
                          "\"matcher\":{\"bus_event_type\":\"%s\"%s}}",
                          app, key, pattern, extra);
    put_words(&redis.out, 4);
    put_word(&redis.out, "HSET", 4);
    put_word(&redis.out, hash, (size_t)snprintf(hash, sizeof hash, "resque:bus_app:app_%02d", app));
    put_word(&redis.out, field, strlen(field));
    put_word(&redis.out, record, (size_t)length);
}

// Of all subscriptions 80 % are plain event types, 10 % regular expressions and 10 % have two filters; the ones that
// match are mixed the same way. An event of type match_F_n is matched by exactly F of them, in F applications.
static void subscribe_all(void) {
    char key[64], pattern[64];
    int count = 0, written = 0;
    static const int fan_outs[] = {1, 5, 20};
    for (size_t i = 0; i < sizeof fan_outs / sizeof *fan_outs; i++) {
        for (int type = 0; type < types; type++) {
            for (int copy = 0; copy < fan_outs[i]; copy++, count++) {
                snprintf(key, sizeof key, "match_%d_%03d", fan_outs[i], type);
                snprintf(pattern, sizeof pattern, count % 10 == 8 ? "(?-mix:^%s$)" : "%s", key);
                subscribe((type * fan_outs[i] + copy) % destinations, key, pattern,
                          count % 10 == 9 ? ",\"plan\":\"pro\"" : "");
            }
        }
    }
    for (; count < subscriptions; count++) {
        snprintf(key, sizeof key, "other_%05d", count);
        snprintf(pattern, sizeof pattern, count % 10 == 8 ? "(?-mix:^%s)" : "%s", key);
        subscribe(count % destinations, key, pattern, count % 10 == 9 ? ",\"plan\":\"basic\"" : "");
    }
    for (int app = 0; app < destinations; app++) put_command(&redis.out, "SADD resque:bus_apps app_%02d", app);
    ask(&redis);
    for (written = 1; written < subscriptions + destinations; written++) await_reply(&redis);
    put_command(&redis.out, "SCARD resque:bus_apps");
    if (ask(&redis).number != destinations) fail("the subscriptions were not written");
}

// An application whose subscriptions have nothing but a regular expression on `path`, each another.
static void subscribe_patterns(const struct shape *shape, int patterns) {
    char field[16], pattern[pattern_bytes], record[256];
    for (int number = 0; number < patterns; number++) {
        snprintf(pattern, sizeof pattern, shape->pattern, number);
        int length = snprintf(record, sizeof record,
                              "{\"queue_name\":\"" PATTERNS_QUEUE "\",\"key\":\"%d\","
                              "\"class\":\"::QueueBus::Rider\",\"matcher\":{\"path\":\"%s\"}}",
                              number, pattern);
        put_words(&redis.out, 4);
        put_word(&redis.out, "HSET", 4);
        put_word(&redis.out, "resque:bus_app:patterns", strlen("resque:bus_app:patterns"));
        put_word(&redis.out, field, (size_t)snprintf(field, sizeof field, "%d", number));
        put_word(&redis.out, record, (size_t)length);
    }
    put_command(&redis.out, "SADD resque:bus_apps patterns");
    ask(&redis);
    for (int answered = 1; answered <= patterns; answered++) await_reply(&redis);
}

static void fill(long events, int matches, const struct shape *shape) {
    enum { chunk = 500 };
    char event[event_bytes + 1], path[path_bytes], more[path_bytes + 24] = "";
    for (long number = 0; number < events;) {
        long count = events - number < chunk ? events - number : chunk;
        put_words(&redis.out, 2 + count);
        put_word(&redis.out, "RPUSH", 5);
        put_word(&redis.out, INCOMING, strlen(INCOMING));
        for (long end = number + count; number < end; number++) {
            if (shape) {
                shape->write_path(path, number);
                snprintf(more, sizeof more, "\\\"path\\\":\\\"%s\\\",", path);
            }
            make_event(event, matches, number, 0, more);
            put_word(&redis.out, event, event_bytes);
        }
        ask(&redis);
    }
}

static long count_of(const char *command, const char *key) {
    put_command(&redis.out, "%s %s", command, key);
    return ask(&redis).number;
}

static void verify(long events, int matches, const struct shape *shape) {
    char key[64];
    long jobs = 0, most = 0, least = events * 5;
    for (int app = 0; app < destinations; app++) {
        snprintf(key, sizeof key, DESTINATION, app);
        long length = count_of("LLEN", key);
        jobs += length;
        if (length > most) most = length;
        if (length < least) least = length;
    }
    if (jobs != events * matches) fail("%ld jobs instead of %ld", jobs, events * matches);
    if (matches > 0 && most - least > events / 10) fail("the jobs are not spread: %ld to %ld per queue", least, most);
    long wanted = shape && shape->one_match_in > 0 ? events / shape->one_match_in : 0;
    long matched = count_of("LLEN", "resque:queue:" PATTERNS_QUEUE);
    if (matched != wanted) fail("the patterns matched %ld times instead of %ld", matched, wanted);
    long left = count_of("LLEN", INCOMING), failed = count_of("LLEN", "resque:failed");
    long held = count_of("KEYS", "resque:busdriver:inf:*");
    if (left || failed || held) fail("left over: %ld events, %ld failures, %ld lists in flight", left, failed, held);
}

int main(int count, char **words) {
    if (count < 3) fail("usage: see the head of workload.c");
    connect_to(&redis, words[1]);
    const struct shape *shape = count == 6 ? shape_named(words[5]) : NULL;
    if (strcmp(words[2], "subscribe") == 0) {
        subscribe_all();
    } else if (count == 5 && strcmp(words[2], "subscribe-patterns") == 0) {
        subscribe_patterns(shape_named(words[3]), atoi(words[4]));
    } else if (count >= 5 && strcmp(words[2], "fill") == 0) {
        fill(atol(words[3]), atoi(words[4]), shape);
    } else if (count >= 5 && strcmp(words[2], "verify") == 0) {
        verify(atol(words[3]), atoi(words[4]), shape);
    } else {
        fail("workload: unknown command %s", words[2]);
    }
    return 0;
}
