#include "job.h"

#include <string.h>

#include "workload.h"

static const char head[] = ENVELOPE "\\\"bus_driven_at\\\":1795254919,\\\"bus_rider_queue\\\":\\\"app_00_default\\\","
    "\\\"bus_rider_app_key\\\":\\\"app_00\\\",\\\"bus_rider_sub_key\\\":\\\"match_1_000\\\","
    "\\\"bus_rider_class_name\\\":\\\"::QueueBus::Rider\\\",";

bool put_job(struct buffer *words, const char *element, size_t length) {
    size_t envelope = sizeof ENVELOPE - 1, end = sizeof ENVELOPE_END - 1;
    if (length < envelope + end || memcmp(element, ENVELOPE, envelope) != 0) return false;
    if (memcmp(element + length - end, ENVELOPE_END, end) != 0) return false;
    put_joined_word(words, head, sizeof head - 1, element + envelope, length - envelope);
    return true;
}
