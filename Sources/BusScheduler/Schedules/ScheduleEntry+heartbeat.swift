import BusWire

extension ScheduleEntry {
    /// The entry that `heartbeat!` makes in Ruby: each minute a job that publishes `heartbeat_minutes` (contract §5).
    ///
    /// - Parameters:
    ///   - queue: the incoming queue.
    ///   - zones: of the reader of lines of cron; this one names no zone.
    /// - Throws: `ScheduleError` if the line were refused, which a test rules out.
    public static func busHeartbeat(
        queue: String = "bus_incoming", zones: ZoneDirectory
    ) throws(ScheduleError) -> ScheduleEntry {
        var warnings: [String] = []
        return try ScheduleEntry(
            name: "resquebus_heartbeat",
            definition: [
                "class": "::QueueBus::Worker", "args": [#"{"bus_class_proxy":"::QueueBus::Heartbeat"}"#],
                "cron": "* * * * *", "queue": .string(queue),
                "description": "I publish a heartbeat_minutes event every minute",
            ],
            zones: zones, warnings: &warnings)
    }
}
