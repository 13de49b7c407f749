import BusWire

/// What holds for a task. Inside of a handler the event's own `bus_context`, `bus_locale` and `bus_timezone` hold, and
/// what it publishes names the event as `bus_parent_id`; attributes that a publish gives itself win.
extension Bus {
    /// The language for texts: `bus_locale` of the event that is being handled.
    public static var locale: String? { Event.current?.locale }

    /// The time zone for texts: `bus_timezone` of the event that is being handled, a name of Rails' or the IANA's.
    public static var timeZone: String? { Event.current?.timeZone }

    @TaskLocal static var taskContext: JSONValue?
    @TaskLocal static var taskLocalMode: LocalMode?

    /// Gives every event that `operation` publishes, on whatever bus, this `bus_context`: a request's id, say.
    ///
    /// It holds for `operation` and its child tasks, and wins over ``BusConfiguration/context``.
    public static func withContext<Result>(
        _ context: JSONValue, operation: () async throws -> Result
    ) async rethrows -> Result {
        try await $taskContext.withValue(context) { try await operation() }
    }

    /// Lets every event that `operation` publishes, on whatever bus, take this way.
    ///
    /// It holds for `operation` and its child tasks, and wins over ``BusConfiguration/localMode``.
    public static func withLocalMode<Result>(
        _ mode: LocalMode, operation: () async throws -> Result
    ) async rethrows -> Result {
        try await $taskLocalMode.withValue(mode) { try await operation() }
    }

    /// The mode that holds for this task.
    nonisolated var localMode: LocalMode { Self.taskLocalMode ?? configuration.localMode }

    /// The clock that holds for this task, in epoch seconds.
    var now: Int { localMode.transport?.now() ?? configuration.now() }
}
