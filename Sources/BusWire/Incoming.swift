/// What an element of an incoming list asks for.
package enum Incoming: Hashable, Sendable {
    /// An event to hand to its subscribers.
    case event
    /// A delayed event that has fallen due: publish it (contract §5, publisher job).
    case publisher
    /// Publish the minutes that have passed (contract §5, heartbeat job).
    case heartbeat
    /// Nothing that can be driven: it belongs into the `failed` list.
    case poison(Poison)
}

/// Why an element cannot be driven, in the words a Ruby user knows.
package struct Poison: Hashable, Sendable {
    /// The exception class that the Ruby driver raises, or would raise if it did not drop the element in silence.
    package let exception: String
    /// A sentence.
    package let message: String

    package init(exception: String, message: String) {
        self.exception = exception
        self.message = message
    }
}
