// A small RESP2 client: enough to say what a driver says to Redis, and to count what comes back.
#ifndef RESP_H
#define RESP_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>

// Bytes that grow at the end.
struct buffer {
    char *bytes;
    size_t used, room;
};

void put(struct buffer *buffer, const void *bytes, size_t length);
void free_buffer(struct buffer *buffer);
// Head of a command with so many words; each follows by put_word.
void put_words(struct buffer *buffer, long count);
void put_word(struct buffer *buffer, const void *bytes, size_t length);
// One word of two parts.
void put_joined_word(struct buffer *buffer, const void *head, size_t head_length, const void *tail, size_t tail_length);
// A whole command: the formatted text, split at blanks.
void put_command(struct buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));

struct connection {
    int descriptor;
    struct buffer out, in;
    size_t sent;     // of out
    size_t parsed;   // of in: the next reply starts here
    size_t scanned;  // of in: the reply is complete up to here
    long missing;    // values that the reply still lacks
};

// One complete reply, valid until the next receive: `number` is an integer, a length or a count of elements.
struct reply {
    char type;
    long number;
    const char *text;  // after the first line for $ and *, the line itself otherwise
    const char *end;
};

// Connects to a socket ("/path" or "unix:///path") or to a port of 127.0.0.1 ("6379" or "redis://127.0.0.1:6379"); ends
// the program when that fails.
void connect_to(struct connection *connection, const char *address);
// Sends what the socket takes without waiting; true when nothing is left.
bool send_some(struct connection *connection);
// What to poll for: something to receive, and room to send while anything is unsent.
struct pollfd await(const struct connection *connection);
// Receives what is there without waiting.
void receive_some(struct connection *connection);
bool next_reply(struct connection *connection, struct reply *reply);
// Sends everything, waits for one reply and ends the program if it is an error.
struct reply ask(struct connection *connection);
struct reply await_reply(struct connection *connection);
// The next element of an array reply; start with at = reply.text.
const char *next_element(const char *at, const char **text, long *length);

// Loads the script at folder/name by SCRIPT LOAD; its SHA goes to digest, its text (if wanted) to text.
void load_script(struct connection *connection, const char *folder, const char *name, char digest[41], char **text);

double now_seconds(void);
void fail(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));

#endif
