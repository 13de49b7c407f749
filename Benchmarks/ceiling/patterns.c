#include "patterns.h"

#include <stdio.h>
#include <string.h>

#include "resp.h"

// Six letters that differ from one number to the next.
static const char *letters(long number) {
    static char text[7];
    for (int place = 5; place >= 0; place--, number /= 26) text[place] = (char)('a' + number % 26);
    return text;
}

static void fails_first(char path[path_bytes], long number) {
    snprintf(path, path_bytes, "7%s_%05ld_end", letters(number), number % 10);
}

static void fails_in_the_middle(char path[path_bytes], long number) {
    snprintf(path, path_bytes, "order_%05ld-%s", number % 10, letters(number));
}

static void fails_last(char path[path_bytes], long number) {
    snprintf(path, path_bytes, "order_%05ld_%s7", number % 10, letters(number));
}

static void matches_one_in_ten(char path[path_bytes], long number) {
    if (number % 10 != 0) return fails_last(path, number);
    snprintf(path, path_bytes, "order_%05ld_%s", number / 10 % 10, letters(number));
}

static void fails_unanchored(char path[path_bytes], long number) {
    snprintf(path, path_bytes, "order7x_%05ld%s7", number % 10, letters(number));
}

static void fails_suffixes(char path[path_bytes], long number) {
    snprintf(path, path_bytes, "%s_kind_9%04ld", letters(number), number % 10000);
}

static void fails_around(char path[path_bytes], long number) {
    snprintf(path, path_bytes, "order_%05ld_%sy", number % 10, letters(number));
}

#define ANCHORED "(?-mix:^[a-z]+_%05d_[a-z]+$)"

static const struct shape shapes[] = {
    {"first", ANCHORED, fails_first, 0},
    {"middle", ANCHORED, fails_in_the_middle, 0},
    {"last", ANCHORED, fails_last, 0},
    {"tenth", ANCHORED, matches_one_in_ten, 10},
    {"unanchored", "(?-mix:[0-9]x_%05d[a-z]+-)", fails_unanchored, 0},
    {"suffix", "(?-mix:_kind_%05d$)", fails_suffixes, 0},
    {"around", "(?-mix:^.+_%05d_.+z$)", fails_around, 0},
};

const struct shape *shape_named(const char *name) {
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        if (strcmp(shapes[i].name, name) == 0) return &shapes[i];
    }
    fail("no shape of patterns is called %s", name);
    return NULL;
}
