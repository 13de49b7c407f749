// What the two C drivers share: a driver's keys, its scripts, and the feed on which changes and barriers arrive.
#ifndef DRIVER_H
#define DRIVER_H

#include "resp.h"

#define DRIVER "ceiling:1:0"
#define RECORD "resque:busdriver:d:" DRIVER
#define IN_FLIGHT "resque:busdriver:inf:" DRIVER ":"
#define FIX "resque:busdriver:fix"
#define SUSPECTS "resque:busdriver:suspect"
#define BARRIER "resque:busdriver:barrier:" DRIVER
#define PROCESSED "resque:stat:processed"
#define PROCESSED_BY_US PROCESSED ":ceiling+c:1:bus_incoming"

struct scripts {
    char claim[41], swap[41], fin[41];
    char *fin_text;
};

// Registers the driver and subscribes the feed, with client tracking as the Swift driver uses it (protocol.md §3).
void open_driver(struct connection *control, struct connection *feed, const char *address, const char *folder,
                 struct scripts *scripts);
// The barrier that a message on the feed carries, or 0 for anything else.
long barrier_in(const struct reply *message);
void close_driver(struct connection *control);

#endif
