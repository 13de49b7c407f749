/// What a role takes from outside, so that tests need neither a network nor time.
package struct RoleEnvironment<Connections: RoleConnections>: Sendable {
    /// Connects everything, once. Thrown errors say why not; it is tried again.
    package var open: @Sendable () async throws -> Connections
    /// Waits; ends early by throwing when its task is cancelled. Default: `Task.sleep`.
    package var sleep: @Sendable (Duration) async throws -> Void
    /// From 0 up to 1, for delays that are to differ. Default: the system's.
    package var random: @Sendable () -> Double
    /// The clock by which a session counts as a good one. Default: the continuous one.
    package var now: @Sendable () -> ContinuousClock.Instant

    package init(
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
        random: @escaping @Sendable () -> Double = { .random(in: 0..<1) },
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
        open: @escaping @Sendable () async throws -> Connections
    ) {
        self.open = open
        self.sleep = sleep
        self.random = random
        self.now = now
    }
}
