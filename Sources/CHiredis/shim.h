#pragma once
#include <hiredis/async.h>
#include <hiredis/hiredis.h>
#include <hiredis/sds.h>
#include <stddef.h>

// The differences between hiredis 0.14 and 1.x end in this file.

#if HIREDIS_MAJOR >= 1
typedef size_t chiredis_array_count;

// Only RESP3 has these types and RESP3 is never asked for: NULL makes hiredis end the connection.
static inline void *chiredis_refuse_double(const redisReadTask *task, double value, char *text, size_t length) {
    (void)task, (void)value, (void)text, (void)length;
    return NULL;
}

static inline void *chiredis_refuse_bool(const redisReadTask *task, int value) {
    (void)task, (void)value;
    return NULL;
}
#else
typedef int chiredis_array_count;
#endif

static inline redisReplyObjectFunctions chiredis_reply_functions(
    void *(*create_string)(const redisReadTask *, char *, size_t),
    void *(*create_array)(const redisReadTask *, chiredis_array_count),
    void *(*create_integer)(const redisReadTask *, long long),
    void *(*create_nil)(const redisReadTask *),
    void (*free_object)(void *)) {
    return (redisReplyObjectFunctions){
        .createString = create_string,
        .createArray = create_array,
        .createInteger = create_integer,
        .createNil = create_nil,
        .freeObject = free_object,
#if HIREDIS_MAJOR >= 1
        .createDouble = chiredis_refuse_double,
        .createBool = chiredis_refuse_bool,
#endif
    };
}

static inline void chiredis_set_hooks(
    redisAsyncContext *context, void *data, void (*add_read)(void *), void (*delete_read)(void *),
    void (*add_write)(void *), void (*delete_write)(void *), void (*cleanup)(void *)) {
    context->ev.data = data;
    context->ev.addRead = add_read;
    context->ev.delRead = delete_read;
    context->ev.addWrite = add_write;
    context->ev.delWrite = delete_write;
    context->ev.cleanup = cleanup;
}

static inline void chiredis_set_reader(
    redisAsyncContext *context, redisReplyObjectFunctions *functions, void *data, size_t kept_buffer) {
    context->c.reader->fn = functions;
    context->c.reader->privdata = data;
    context->c.reader->maxbuf = kept_buffer;
}

static inline int chiredis_descriptor(const redisAsyncContext *context) {
    return (int)context->c.fd;
}

// `context->err` is still 0 in the connect callback of 0.14; the inner context always knows.
static inline int chiredis_error(const redisAsyncContext *context) {
    return context->c.err;
}

static inline const char *chiredis_error_text(const redisAsyncContext *context) {
    return context->c.errstr;
}

// What has arrived of a string that is not complete.
static inline size_t chiredis_unread(const redisAsyncContext *context) {
    return context->c.reader->len - context->c.reader->pos;
}

static inline size_t chiredis_unsent(const redisAsyncContext *context) {
    return sdslen(context->c.obuf);
}
