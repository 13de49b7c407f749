// Jobs that hold an event's own bytes, unread, behind a constant head.
#ifndef JOB_H
#define JOB_H

#include <stdbool.h>

#include "resp.h"

// Appends the job for an element of the incoming list as an argument of RPUSH; false, and nothing is appended, if the
// element does not begin and end as an event does.
bool put_job(struct buffer *words, const char *element, size_t length);

#endif
