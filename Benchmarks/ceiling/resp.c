#define _GNU_SOURCE
#include "resp.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

void fail(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    exit(1);
}

double now_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

// MARK: Writing

static void reserve(struct buffer *buffer, size_t more) {
    if (buffer->used + more <= buffer->room) return;
    buffer->room = (buffer->used + more) * 2;
    buffer->bytes = realloc(buffer->bytes, buffer->room);
    if (!buffer->bytes) fail("out of memory");
}

void put(struct buffer *buffer, const void *bytes, size_t length) {
    reserve(buffer, length);
    memcpy(buffer->bytes + buffer->used, bytes, length);
    buffer->used += length;
}

void free_buffer(struct buffer *buffer) {
    free(buffer->bytes);
    *buffer = (struct buffer){0};
}

static void put_header(struct buffer *buffer, char type, long number) {
    char line[32], *end = line + sizeof line, *at = end;
    *--at = '\n';
    *--at = '\r';
    do *--at = (char)('0' + number % 10);
    while (number /= 10);
    *--at = type;
    put(buffer, at, (size_t)(end - at));
}

void put_words(struct buffer *buffer, long count) { put_header(buffer, '*', count); }

void put_word(struct buffer *buffer, const void *bytes, size_t length) {
    put_joined_word(buffer, bytes, length, "", 0);
}

void put_joined_word(struct buffer *buffer, const void *head, size_t head_length, const void *tail, size_t tail_length) {
    put_header(buffer, '$', (long)(head_length + tail_length));
    put(buffer, head, head_length);
    put(buffer, tail, tail_length);
    put(buffer, "\r\n", 2);
}

void put_command(struct buffer *buffer, const char *format, ...) {
    char text[4096];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (length < 0 || (size_t)length >= sizeof text) fail("the command is too long: %.40s…", text);
    long words = 1;
    for (char *at = text; *at; at++) words += *at == ' ';
    put_words(buffer, words);
    for (char *at = text; at; ) {
        size_t word = strcspn(at, " ");
        put_word(buffer, at, word);
        at = at[word] ? at + word + 1 : NULL;
    }
}

// MARK: Sockets

// The path or port that a URL names; anything else as it is.
static const char *place_in(const char *address) {
    static const char *const heads[] = {"unix://", "redis://127.0.0.1:", "redis://localhost:"};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        size_t length = strlen(heads[i]);
        if (strncmp(address, heads[i], length) == 0) return address + length;
    }
    return address;
}

void connect_to(struct connection *connection, const char *address) {
    *connection = (struct connection){.missing = 1};
    address = place_in(address);
    int result;
    if (address[0] == '/') {
        struct sockaddr_un path = {.sun_family = AF_UNIX};
        if (strlen(address) >= sizeof path.sun_path) fail("the socket path is too long: %s", address);
        strcpy(path.sun_path, address);
        connection->descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        result = connect(connection->descriptor, (struct sockaddr *)&path, sizeof path);
    } else {
        struct sockaddr_in port = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(address))};
        port.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        connection->descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        result = connect(connection->descriptor, (struct sockaddr *)&port, sizeof port);
        setsockopt(connection->descriptor, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
    }
    if (result != 0) fail("cannot connect to %s: %s", address, strerror(errno));
    reserve(&connection->in, 1 << 20);
}

bool send_some(struct connection *connection) {
    while (connection->sent < connection->out.used) {
        ssize_t count = send(connection->descriptor, connection->out.bytes + connection->sent,
                             connection->out.used - connection->sent, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (count < 0 && errno == EAGAIN) return false;
        if (count < 0) fail("send: %s", strerror(errno));
        connection->sent += (size_t)count;
    }
    connection->sent = connection->out.used = 0;
    return true;
}

struct pollfd await(const struct connection *connection) {
    bool unsent = connection->out.used > connection->sent;
    return (struct pollfd){.fd = connection->descriptor, .events = unsent ? POLLIN | POLLOUT : POLLIN};
}

void receive_some(struct connection *connection) {
    struct buffer *in = &connection->in;
    if (connection->parsed == in->used) {
        in->used = connection->parsed = connection->scanned = 0;
    } else if (connection->parsed > in->room / 2) {
        in->used -= connection->parsed;
        connection->scanned -= connection->parsed;
        memmove(in->bytes, in->bytes + connection->parsed, in->used);
        connection->parsed = 0;
    }
    reserve(in, 1 << 18);
    ssize_t count = recv(connection->descriptor, in->bytes + in->used, in->room - in->used, MSG_DONTWAIT);
    if (count == 0) fail("Redis closed the connection");
    if (count < 0 && errno != EAGAIN) fail("recv: %s", strerror(errno));
    if (count > 0) in->used += (size_t)count;
}

// MARK: Reading

// Arrays are counted, not nested: an array of n means that n more values are missing.
bool next_reply(struct connection *connection, struct reply *reply) {
    struct buffer *in = &connection->in;
    while (connection->missing > 0) {
        char *at = in->bytes + connection->scanned;
        char *end = memchr(at, '\n', in->used - connection->scanned);
        if (!end) return false;
        size_t length = (size_t)(end + 1 - at);
        long number = *at == '$' || *at == '*' ? strtol(at + 1, NULL, 10) : 0;
        if (*at == '$' && number >= 0) {
            length += (size_t)number + 2;
            if (connection->scanned + length > in->used) return false;
        }
        if (*at == '*' && number > 0) connection->missing += number;
        connection->missing -= 1;
        connection->scanned += length;
    }
    char *start = in->bytes + connection->parsed;
    reply->type = *start;
    reply->number = strtol(start + 1, NULL, 10);
    bool hasBody = *start == '$' || *start == '*';
    reply->text = hasBody ? (char *)memchr(start, '\n', in->used - connection->parsed) + 1 : start + 1;
    reply->end = in->bytes + connection->scanned;
    connection->parsed = connection->scanned;
    connection->missing = 1;
    return true;
}

struct reply await_reply(struct connection *connection) {
    struct reply reply;
    while (!next_reply(connection, &reply)) {
        struct pollfd ready = {.fd = connection->descriptor, .events = POLLIN};
        poll(&ready, 1, -1);
        receive_some(connection);
    }
    if (reply.type == '-') fail("Redis: %.*s", (int)(reply.end - reply.text - 2), reply.text);
    return reply;
}

struct reply ask(struct connection *connection) {
    while (!send_some(connection)) {
        struct pollfd ready = {.fd = connection->descriptor, .events = POLLOUT};
        poll(&ready, 1, -1);
    }
    return await_reply(connection);
}

const char *next_element(const char *at, const char **text, long *length) {
    const char *body = strchr(at, '\n') + 1;
    if (*at != '$') {  // an integer or a status: the line itself
        *text = at + 1;
        *length = body - at - 3;
        return body;
    }
    *length = strtol(at + 1, NULL, 10);
    *text = body;
    return *length < 0 ? body : body + *length + 2;
}

void load_script(struct connection *connection, const char *folder, const char *name, char digest[41], char **text) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "r");
    if (!file) fail("cannot read %s: %s", path, strerror(errno));
    struct buffer script = {0};
    char chunk[4096];
    for (size_t count; (count = fread(chunk, 1, sizeof chunk, file)) > 0;) put(&script, chunk, count);
    fclose(file);
    put(&script, "", 1);
    put_words(&connection->out, 3);
    put_word(&connection->out, "SCRIPT", 6);
    put_word(&connection->out, "LOAD", 4);
    put_word(&connection->out, script.bytes, script.used - 1);
    struct reply reply = ask(connection);
    memcpy(digest, reply.text, 40);
    digest[40] = 0;
    if (text) *text = script.bytes;
    else free_buffer(&script);
}
