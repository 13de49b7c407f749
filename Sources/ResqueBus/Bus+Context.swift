import BusWire

extension Bus {
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
}
