#include "workload.h"

#include <stdio.h>
#include <string.h>

#include "resp.h"

// Ten members, as Ruby's publish writes them, with a last one that fills up.
void make_event(char event[event_bytes + 1], int matches, long number, long stamp) {
    static const char tail[] = "\\\",\\\"bus_class_proxy\\\":\\\"QueueBus::Driver\\\"}\"]}";
    int used = snprintf(event, event_bytes + 1,
                        ENVELOPE "\\\"bus_published_at\\\":1795254919,\\\"bus_event_type\\\":\\\"match_%d_%03ld\\\","
                        "\\\"bus_id\\\":\\\"1795254919-86ec067e-3c50-436d-933e-8e14%08lx\\\","
                        "\\\"bus_app_hostname\\\":\\\"web-1\\\",\\\"user_id\\\":%ld,\\\"plan\\\":\\\"pro\\\","
                        "\\\"stamp\\\":%ld,\\\"note\\\":\\\"",
                        matches, number % 200, number, number, stamp);
    int padding = event_bytes - used - (int)(sizeof tail - 1);
    if (padding < 0) fail("the event does not fit into %d bytes", event_bytes);
    memset(event + used, 'x', (size_t)padding);
    memcpy(event + used + padding, tail, sizeof tail);
}
