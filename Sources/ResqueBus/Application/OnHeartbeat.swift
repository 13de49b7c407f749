import BusWire

/// Something that an application does at certain minutes: whenever the bus publishes `heartbeat_minutes`, once a
/// minute.
///
/// ```swift
/// OnHeartbeat("nightly_report", minute: 0, hour: 3) { _ in try await report() }
/// OnHeartbeat("poll", minuteInterval: 5) { _ in try await poll() }
/// ```
///
/// Minutes and hours are those of the driver's time zone. Heartbeats need a scheduler that starts them.
public struct OnHeartbeat: Sendable, ConfigurableHandler {
    var subscribe: Subscribe
    /// An interval that is not above zero, or that is given together with what it excludes.
    let fault: String?

    public var options: HandlerOptions {
        get { subscribe.options }
        set { subscribe.options = newValue }
    }

    /// - Parameters:
    ///   - key: the name of the subscription, unique in its application.
    ///   - queue: default: the application's queue `default`.
    ///   - minute: only at this minute of the hour.
    ///   - hour: only in this hour of the day.
    ///   - weekday: only on this day of the week, 0 is Sunday.
    ///   - minuteInterval: only at minutes that it divides. The application gets the other minutes too, and passes them
    ///     over.
    ///   - hourInterval: only in hours that it divides, likewise.
    ///   - handler: called with the heartbeat; its attributes tell the time (contract §2.3).
    public init(
        _ key: String, queue: BusQueue? = nil, minute: Int? = nil, hour: Int? = nil, weekday: Int? = nil,
        minuteInterval: Int? = nil, hourInterval: Int? = nil, fileID: String = #fileID, line: Int = #line,
        handler: @escaping Subscribe.Handler
    ) {
        var filters: [(name: String, pattern: FilterPattern)] = [("bus_event_type", "heartbeat_minutes")]
        for (name, value) in [("minute", minute), ("hour", hour), ("wday", weekday)] {
            if let value { filters.append((name, .text(String(value)))) }
        }
        subscribe = Subscribe(
            key: key, queue: queue, filters: filters, location: SourceLocation(fileID: fileID, line: line)
        ) { event in
            guard Self.isDivided(event["minute"], by: minuteInterval), Self.isDivided(event["hour"], by: hourInterval)
            else { return }
            try await handler(event)
        }
        fault = Self.fault(
            key,
            [
                ("minute", minute, 0...59, minuteInterval), ("hour", hour, 0...23, hourInterval),
                ("weekday", weekday, 0...6, nil),
            ])
    }

    private static func isDivided(_ attribute: JSONValue?, by interval: Int?) -> Bool {
        guard let interval else { return true }
        guard case .number(let text)? = attribute, let number = Int(text) else { return false }
        return number % interval == 0
    }

    private static func fault(
        _ key: String, _ times: [(name: String, value: Int?, range: ClosedRange<Int>, interval: Int?)]
    ) -> String? {
        for (name, value, range, interval) in times {
            if let value, !range.contains(value) {
                return "\(key) waits for \(name) \(value), which never comes; give one of \(range)."
            }
            if let interval, interval < 1 { return "The \(name)Interval of \(key) is \(interval); give 1 or more." }
            if value != nil, interval != nil {
                return "\(key) has both \(name) and \(name)Interval; give one of them."
            }
        }
        return nil
    }
}
