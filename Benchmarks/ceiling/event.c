#include "workload.h"

#include <stdio.h>
#include <string.h>

#include "resp.h"

// Ten members, as Ruby's publish writes them, with a last one that fills up.
void make_event(char event[event_bytes + 1], int matches, long number, long stamp, const char *more) {
    static const char tail[] = "\\\",\\\"bus_class_proxy\\\":\\\"QueueBus::Driver\\\"}\"]}";
    int used = snprintf(event, event_bytes + 1,
                        ENVELOPE "\\\"bus_published_at\\\":1795254919,\\\"bus_event_type\\\":\\\"match_%d_%03ld\\\","
                        "\\\"bus_id\\\":\\\"1795254919-86ec067e-3c50-436d-933e-8e14%08lx\\\","
                        "\\\"bus_app_hostname\\\":\\\"web-1\\\",\\\"user_id\\\":%ld,\\\"plan\\\":\\\"pro\\\","
                        "\\\"stamp\\\":%ld,%s\\\"note\\\":\\\"",
                        matches, number % 200, number, number, stamp, more);
    int padding = event_bytes - used - (int)(sizeof tail - 1);
    if (padding < 0) fail("the event does not fit into %d bytes", event_bytes);
    memset(event + used, 'x', (size_t)padding);
    memcpy(event + used + padding, tail, sizeof tail);
}

void make_job(char job[driven_bytes + 1], int app, long number, long stamp) {
    static const char tail[] = "\\\",\\\"bus_class_proxy\\\":\\\"::QueueBus::Rider\\\"}\"]}";
    long type = number % event_types;
    int used = snprintf(job, driven_bytes + 1,
                        ENVELOPE "\\\"bus_driven_at\\\":1795254919,\\\"bus_rider_queue\\\":\\\"" DESTINATION_NAME "\\\","
                        "\\\"bus_rider_app_key\\\":\\\"app_%02d\\\",\\\"bus_rider_sub_key\\\":\\\"event_%02ld\\\","
                        "\\\"bus_rider_class_name\\\":\\\"::QueueBus::Rider\\\",\\\"bus_published_at\\\":1795254919,"
                        "\\\"bus_event_type\\\":\\\"event_%02ld\\\","
                        "\\\"bus_id\\\":\\\"1795254919-86ec067e-3c50-436d-933e-8e14%08lx\\\","
                        "\\\"bus_app_hostname\\\":\\\"web-1\\\",\\\"user_id\\\":%ld,\\\"stamp\\\":%ld,\\\"note\\\":\\\"",
                        app, app, type, type, number, number, stamp);
    int padding = driven_bytes - used - (int)(sizeof tail - 1);
    if (padding < 0) fail("the job does not fit into %d bytes", driven_bytes);
    memset(job + used, 'x', (size_t)padding);
    memcpy(job + used + padding, tail, sizeof tail);
}
