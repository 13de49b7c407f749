/// Whether a published event stays in this process: for tests, consoles, and machines without a driver (contract §5).
///
/// Events for later (`publish(_:_:at:)`) go to Redis in every mode.
public enum LocalMode: Sendable {
    /// Events go to Redis, as in production.
    case off
    /// Events go nowhere.
    case suppress
    /// Events are matched with what this process has declared, and the jobs pushed to the subscribers' queues. Needs Redis
    /// and riders, but no driver.
    case standalone
    /// Events are matched with what this process has declared, and handed to the closure before `publish` returns, one
    /// subscription after the other. Needs no Redis. What the closure throws, `publish` throws.
    case inline(deliver: @Sendable (LocalDelivery) async throws -> Void)
}

/// An event on its way to one subscription of this process.
public struct LocalDelivery: Sendable {
    /// The application, normalised.
    public let application: String
    /// The subscription's key.
    public let key: String
    /// The subscription's queue, normalised.
    public let queue: String
    /// The class that a Ruby rider would run.
    public let className: String
    /// What a rider would get: the event as it comes out of JSON, and the driver's `bus_driven_at` and `bus_rider_*`.
    public let attributes: EventAttributes
}
