// Regular expressions on the attribute `path`, which differs from event to event, and texts to judge by them.
#ifndef PATTERNS_H
#define PATTERNS_H

#include <stdbool.h>

enum { pattern_bytes = 48, path_bytes = 32 };

// What the texts do to the patterns of a shape; the first ten patterns meet all of it, however many there are.
struct shape {
    const char *name;
    // For printf, with the pattern's number.
    const char *pattern;
    void (*write_path)(char path[path_bytes], long number);
    // One text of so many matches, one pattern each; 0 for none.
    long one_match_in;
};

// The shape of that name; ends the program when there is none.
const struct shape *shape_named(const char *name);

#endif
