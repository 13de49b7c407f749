/// What becomes of the slots that nobody was there to fire: the key `catch_up` of an entry.
public enum CatchUp: String, Hashable, Sendable, CaseIterable {
    /// The last of them fires, late; the others do not. The default.
    case latest
    /// All fire, in order.
    case all
    /// None fires, as in Ruby.
    case skip
}
