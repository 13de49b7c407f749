/// How long to wait before the next attempt to connect: full jitter over a doubling range.
///
/// A value without a clock: it is told what happened and given the random number.
public struct ReconnectBackoff: Sendable, Equatable {
    /// The range of the first delay. Default: 100 ms.
    public var base: Duration
    /// The largest range. Default: 5 s.
    public var cap: Duration
    /// The range after Redis refused the credentials, where haste only fills its log. Default: 30 s.
    public var authenticationCap: Duration
    /// A connection that lasted this long was a good one; a shorter one counts as a failed attempt. Default: 10 s.
    public var stableAfter: Duration

    private var failures = 0

    public init(
        base: Duration = .milliseconds(100), cap: Duration = .seconds(5), authenticationCap: Duration = .seconds(30),
        stableAfter: Duration = .seconds(10)
    ) {
        self.base = base
        self.cap = cap
        self.authenticationCap = authenticationCap
        self.stableAfter = stableAfter
    }

    /// The delay after one more failure.
    ///
    /// - Parameters:
    ///   - isAuthentication: Whether the failure has the code `authentication`.
    ///   - random: From 0 up to 1; the delay is that part of the range.
    package mutating func delay(afterFailure isAuthentication: Bool, random: Double) -> Duration {
        let range = isAuthentication ? authenticationCap : min(cap, base * (1 << min(failures, 30)))
        failures += 1
        return range * random
    }

    /// The delay after a connection ended that had been ready for `uptime`: none after a good one, which also ends the
    /// count of failures.
    ///
    /// - Parameter isAuthentication: Whether it ended because Redis refused the credentials.
    package mutating func delay(
        afterConnectionOf uptime: Duration, endedByAuthentication isAuthentication: Bool = false, random: Double
    ) -> Duration {
        guard uptime >= stableAfter, !isAuthentication else {
            return delay(afterFailure: isAuthentication, random: random)
        }
        failures = 0
        return .zero
    }
}
