// The names that the benchmark's programs share: 10 000 subscriptions of 20 applications, and events for them.
#ifndef WORKLOAD_H
#define WORKLOAD_H

enum { destinations = 20, event_bytes = 385, job_bytes = 590, driven_bytes = 540, event_types = 20 };

#define INCOMING "resque:queue:bus_incoming"
#define DESTINATION_NAME "app_%02d_default"
#define DESTINATION "resque:queue:" DESTINATION_NAME
#define ENVELOPE "{\"class\":\"QueueBus::Worker\",\"args\":[\"{"
#define ENVELOPE_END "}\"]}"

// Writes one element of the incoming list, exactly event_bytes long, that `matches` (0, 1 or 5) subscriptions match.
// `stamp` is carried along as an attribute, and so are the members `more`, as they stand in the element with a comma behind each.
void make_event(char event[event_bytes + 1], int matches, long number, long stamp, const char *more);

// Writes one job as a driver does, exactly driven_bytes long, for the application of that number.
void make_job(char job[driven_bytes + 1], int app, long number, long stamp);

#endif
