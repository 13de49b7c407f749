#include "driver.h"

#include <stdlib.h>
#include <string.h>

void open_driver(struct connection *control, struct connection *feed, const char *address, const char *folder,
                 struct scripts *scripts) {
    connect_to(control, address);
    load_script(control, folder, "claim.lua", scripts->claim, NULL);
    load_script(control, folder, "swap.lua", scripts->swap, NULL);
    load_script(control, folder, "fin.lua", scripts->fin, &scripts->fin_text);
    put_command(&control->out, "HSET " RECORD " claimed 0");
    ask(control);

    connect_to(feed, address);
    put_command(&feed->out, "CLIENT ID");
    long feedID = ask(feed).number;
    put_command(&feed->out, "SUBSCRIBE __redis__:invalidate " BARRIER);
    ask(feed);
    await_reply(feed);
    put_command(&control->out, "CLIENT TRACKING ON REDIRECT %ld BCAST PREFIX resque:bus_app NOLOOP", feedID);
    ask(control);
}

long barrier_in(const struct reply *message) {
    const char *text;
    long length;
    const char *at = next_element(message->text, &text, &length);
    at = next_element(at, &text, &length);
    if (length != sizeof BARRIER - 1 || memcmp(text, BARRIER, sizeof BARRIER - 1) != 0) return 0;
    next_element(at, &text, &length);
    return strtol(text, NULL, 10);
}

void close_driver(struct connection *control) {
    put_command(&control->out, "DEL " RECORD);
    ask(control);
}
