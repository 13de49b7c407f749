import ResqueBus

/// Subscribes to everything and keeps it: the memory of the bus, which `busdriver trace` reads.
enum EventLogger {
    static func application(_ journal: Journal) -> Application {
        Application("logger") {
            Subscribe("everything", where: ["bus_event_type": .present]) { event in
                try await journal.append(event.attributes)
            }
        }
    }
}
