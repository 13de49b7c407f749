// What the C drivers share: a driver's keys, its scripts, and the feed on which changes and barriers arrive.
#ifndef DRIVER_H
#define DRIVER_H

#include <stdbool.h>

#include "resp.h"

#define DRIVER "ceiling:1:0"
#define RECORD "resque:busdriver:d:" DRIVER
#define IN_FLIGHT "resque:busdriver:inf:" DRIVER ":"
#define FIX "resque:busdriver:fix"
#define SUSPECTS "resque:busdriver:suspect"
#define BARRIER "resque:busdriver:barrier:" DRIVER
#define QUEUES "resque:queues"
#define PROCESSED "resque:stat:processed"
#define PROCESSED_BY_US PROCESSED ":ceiling+c:1:bus_incoming"

struct scripts {
    char claim[41], swap[41], fin[41];
    char *fin_text;
};

// A subscriber's queue, and what the batch or event in hand brings to it.
struct queue {
    char *name, *key;
    long copies;
    const char *words;  // the copies as arguments of RPUSH, `bytes` long
    size_t bytes;
};

// One driver a program.
extern struct scripts scripts;
extern struct queue *queues;
extern int queue_count;
extern struct connection feed;
// The lowest batch that is not committed.
extern long low;
// The last barrier that was sent, and the last that came back on the feed.
extern long barriers, returned;
// Whether the incoming list is believed to hold events.
extern bool more;
extern long driven;

// Sets the copies of every queue for so many events, which stand behind each other as in an array reply.
typedef void write_copies(long events, const char *first);

void add_queue(const char *name);
// Registers the driver and subscribes the feed, with client tracking as the Swift driver uses it (protocol §3).
void open_driver(const char *address, const char *folder);
// Notes the barriers that came back.
void read_feed(void);
void close_driver(void);

#endif
