import BusWire

extension ScheduleEntry {
    /// The entry that `heartbeat!` makes in Ruby: each minute a job that publishes `heartbeat_minutes` (contract §5).
    ///
    /// - Parameters:
    ///   - queue: the incoming queue.
    ///   - zones: not needed by this line of cron, but by the reader of such lines.
    /// - Throws: never; a line that every reader knows is read.
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
