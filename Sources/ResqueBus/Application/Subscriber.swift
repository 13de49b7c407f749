/// A type that groups subscriptions, as the mixin `QueueBus::Subscriber` does in Ruby (contract §3).
///
/// ```swift
/// struct Mailer: Subscriber {
///     let queue: String? = "mails"
///     let outbox: Outbox
///
///     var subscriptions: [Subscribe] {
///         Subscribe("user_created") { (user: User) in try await outbox.greet(user) }
///         Subscribe("invoice_due", queue: "urgent") { event in try await outbox.remind(event) }
///     }
/// }
///
/// let application = Application("shop") { Mailer(outbox: outbox) }
/// ```
///
/// Each is registered under the key `Mailer.user_created` with the class `Mailer`, so a Ruby class of that name and its
/// methods can take over. Queues are used exactly as they are given, without the application's name.
public protocol Subscriber: Sendable {
    /// The name of the type on the bus. Default: the type's own name.
    static var subscriberName: String { get }
    /// The queue of subscriptions that name none. Default nil: the application's queue `default`.
    var queue: String? { get }
    /// The subscriptions.
    @SubscriptionBuilder var subscriptions: [Subscribe] { get }
}

extension Subscriber {
    public static var subscriberName: String { String(describing: Self.self) }
    public var queue: String? { nil }
}

/// Collects the subscriptions of a ``Subscriber``.
@resultBuilder
public enum SubscriptionBuilder {
    public static func buildExpression(_ subscribe: Subscribe) -> [Subscribe] { [subscribe] }
    public static func buildExpression(_ heartbeat: OnHeartbeat) -> [Subscribe] { [heartbeat.subscribe] }
    public static func buildBlock(_ parts: [Subscribe]...) -> [Subscribe] { parts.flatMap(\.self) }
    public static func buildArray(_ parts: [[Subscribe]]) -> [Subscribe] { parts.flatMap(\.self) }
    public static func buildOptional(_ parts: [Subscribe]?) -> [Subscribe] { parts ?? [] }
    public static func buildEither(first parts: [Subscribe]) -> [Subscribe] { parts }
    public static func buildEither(second parts: [Subscribe]) -> [Subscribe] { parts }
}
